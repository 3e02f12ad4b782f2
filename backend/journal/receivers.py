"""The relay seals what was written."""

from datetime import timedelta

from backend.journal.services import seal_pending
from kernel.outbox import register_pump

register_pump("journal.seal", seal_pending, every=timedelta(seconds=2))
