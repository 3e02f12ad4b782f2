"""How long verifying the journal takes. Goal: 1,000,000 lines in 60 s or less (reliability F39).

Fills the database of DATABASE_URL with lines (default 1,000,000) and needs it empty and migrated, so give it one of
its own:

    createdb suqian_bench && DATABASE_URL=…/suqian_bench manage.py migrate
    DATABASE_URL=…/suqian_bench python benchmarks/journal_verify.py [lines]
"""

# ruff: noqa: E402 - Django is set up before anything of it is imported

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
os.environ["JOURNAL_ANCHOR_PATH"] = str(Path(tempfile.mkdtemp(prefix="bench-anchors-")) / "journal.jsonl")

import django

django.setup()

from backend.journal import keys, rules
from backend.journal.models import JournalLine
from backend.journal.services import seal_pending
from backend.journal.services.recording import content_of
from backend.journal.verification import verify_journal
from kernel import clock
from kernel.ids import uuid7

BATCH = 5000


def fill(count: int) -> None:
    """Write stamped lines as the application does, in bulk."""
    key, moment = keys.stamp_key(), clock.now()
    for start in range(0, count, BATCH):
        lines = [
            JournalLine(
                id=uuid7(),
                recorded_at=moment,
                actor_kind="official",
                actor_id=uuid7(),
                actor_roles="approver,reviewer",
                action="case.step_passed",
                subject_kind="case",
                subject_id=uuid7(),
                organisation_id=uuid7(),
                data=rules.canonical_json({"case_no": f"3213222026{number:010d}", "step": "review", "opinion": "同意"}),
                private_sealed=os.urandom(120) if number % 3 == 0 else None,
            )
            for number in range(start, min(start + BATCH, count))
        ]
        for line in lines:
            line.stamp = rules.stamp_of(content_of(line), key)
        JournalLine.objects.bulk_create(lines)


def main() -> None:
    """Fill, seal, verify, tell."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    started = time.monotonic()
    fill(count)
    filled = time.monotonic()
    seal_pending()
    sealed = time.monotonic()
    verdict = verify_journal()
    done = time.monotonic()
    print(f"written in bulk: {count} lines in {filled - started:.1f} s")
    print(f"sealed: {count / (sealed - filled):,.0f} lines/s")
    rate = count / (done - sealed)
    print(f"verified: {verdict.lines} lines, ok={verdict.ok}, {done - sealed:.1f} s ({rate:,.0f} lines/s)")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
