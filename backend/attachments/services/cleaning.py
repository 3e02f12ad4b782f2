"""After the fact: files that waited for the scanner, and bytes that a crash left behind."""

from __future__ import annotations

from datetime import timedelta
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
LEFT_AFTER = timedelta(hours=1)
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
    """Delete bytes that belong to no row, an hour after they were written. Returns how many files went."""
    edge = (clock.now() - LEFT_AFTER).timestamp()
    removed = 0
    for path in Path(settings.ATTACHMENTS_ROOT).glob("**/*"):
        if path.is_file() and path.stat().st_mtime < edge and not _is_kept(path):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _is_kept(path: Path) -> bool:
    try:
        file_id = UUID(path.name)
    except ValueError:
        return False
    in_store = path == vault.store_path(file_id)
    return in_store and StoredFile.objects.filter(pk=file_id).exclude(state=FileState.DISCARDED).exists()
