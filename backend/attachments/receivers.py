"""The relay asks the scanner again about files that wait for it."""

from datetime import timedelta

from backend.attachments.services import rescan_quarantined
from kernel.outbox import register_pump


def _rescan() -> None:
    rescan_quarantined()


register_pump("attachments.rescan", _rescan, every=timedelta(seconds=30))
