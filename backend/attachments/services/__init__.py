"""The file store's public door for writers."""

from backend.attachments.services.cleaning import remove_leftovers, rescan_quarantined
from backend.attachments.services.storing import discard, note_read, store

__all__ = ["discard", "note_read", "remove_leftovers", "rescan_quarantined", "store"]
