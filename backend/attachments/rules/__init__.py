"""Decisions about files in plain Python: names, types, archives, ranges."""

from backend.attachments.rules.archives import check_archive
from backend.attachments.rules.content import EICAR, Tripwire, sniff
from backend.attachments.rules.delivery import delivery, parse_range
from backend.attachments.rules.names import clean_name

__all__ = ["EICAR", "Tripwire", "check_archive", "clean_name", "delivery", "parse_range", "sniff"]
