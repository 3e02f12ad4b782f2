"""The journal's public door: write a line, seal what was written, handle the personal data in it."""

from backend.journal.services.private import erase_private, reveal_private
from backend.journal.services.recording import record, record_change
from backend.journal.services.sealing import seal_pending

__all__ = ["erase_private", "record", "record_change", "reveal_private", "seal_pending"]
