"""After the fact: files that waited for the scanner, and bytes that a crash left behind."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.attachments import scanner, vault
from backend.attachments.models import StoredFile
from backend.attachments.types import FileState, ScanState
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor

BATCH = 5
ROWS = 500
LEFT_AFTER = timedelta(hours=1)
LOOK_BACK = timedelta(days=7)
_SYSTEM = Actor.system("attachments.scan")


def rescan_quarantined() -> int:
    """Ask the scanner about files that wait for it, a few at a time. Returns how many got an answer."""
    if not settings.CLAMD_ADDRESS:
        return 0
    waiting = StoredFile.objects.filter(state=FileState.QUARANTINED, scan=ScanState.PENDING)
    answered = 0
    for file_id in list(waiting.order_by("id").values_list("id", flat=True)[:BATCH]):
        path = vault.store_path(file_id)
        answer = scanner.scan(path, settings.CLAMD_ADDRESS) if path.exists() else scanner.Answer.NONE
        if answer is scanner.Answer.NONE:
            break
        answered += _settle(file_id, answer)
    return answered


@transaction.atomic
def _settle(file_id: UUID, answer: scanner.Answer) -> int:
    row = StoredFile.objects.select_for_update().filter(pk=file_id, state=FileState.QUARANTINED).first()
    if row is None:
        return 0
    clean = answer is scanner.Answer.CLEAN
    row.state = FileState.READY if clean else FileState.DISCARDED
    row.scan = ScanState.CLEAN if clean else ScanState.INFECTED
    row.scanned_at = clock.now()
    row.discarded_at = None if clean else row.scanned_at
    row.save(update_fields=["state", "scan", "scanned_at", "discarded_at"])
    record(
        actor=_SYSTEM,
        action="attachments.scanned",
        subject=(row.owner_kind, row.owner_id),
        organisation_id=None,
        data={"file_id": row.id, "scan": row.scan},
    )
    if not clean:
        path = vault.store_path(file_id)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return 1


def remove_leftovers() -> int:
    """Delete bytes that belong to no row, an hour after they were written. Returns how many files went.

    Looks at files of the last week; what is older was looked at before.
    """
    now = clock.now()
    first, last = (now - LOOK_BACK).timestamp(), (now - LEFT_AFTER).timestamp()
    files = (path for path in Path(settings.ATTACHMENTS_ROOT).rglob("*") if path.is_file())
    candidates = (path for path in files if first < path.stat().st_mtime < last)
    removed = 0
    while batch := list(islice(candidates, ROWS)):
        removed += _remove_unknown(batch)
    return removed


def _remove_unknown(paths: list[Path]) -> int:
    ids = {path: _id_of(path) for path in paths}
    rows = StoredFile.objects.filter(pk__in=[file_id for file_id in ids.values() if file_id])
    kept = set(rows.exclude(state=FileState.DISCARDED).values_list("pk", flat=True))
    gone = [path for path, file_id in ids.items() if file_id not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _id_of(path: Path) -> UUID | None:
    """The id of a file that lies where the store keeps it; None for anything else."""
    try:
        file_id = UUID(path.name)
    except ValueError:
        return None
    return file_id if path == vault.store_path(file_id) else None
