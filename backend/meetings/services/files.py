"""Papers of a meeting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from backend.attachments import services as attachments
from backend.attachments.types import MediaType, StoredFileInfo
from backend.journal.services import record
from backend.meetings.models import Meeting, MeetingFile
from backend.meetings.services import common
from backend.meetings.types import MeetingError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

ACCEPTS = [kind.value for kind in MediaType]


def add_file(*, actor: Actor, meeting_id: UUID, upload: Any, filename: str) -> MeetingFile:
    """Add a paper. Raises NOT_FOUND, NOT_YOURS, OVER, FILES_FULL and what the file store refuses."""
    with transaction.atomic():
        common.organised(actor, meeting_id)
    info = attachments.store(
        actor=actor,
        upload=upload,
        filename=filename,
        accepts=ACCEPTS,
        max_bytes=common.rules_today().max_file_mb * 1024 * 1024,
        owner=(common.SUBJECT, meeting_id),
    )
    return _keep(actor, meeting_id, info)


@transaction.atomic
def _keep(actor: Actor, meeting_id: UUID, info: StoredFileInfo) -> MeetingFile:
    meeting = common.organised(actor, meeting_id)
    most = common.rules_today().max_files
    if meeting.files.count() >= most:
        attachments.discard(actor=Actor.system("meetings"), file_id=info.id)
        raise DomainError(MeetingError.FILES_FULL, most=most)
    row = MeetingFile.objects.create(
        meeting=meeting,
        file_id=info.id,
        filename=info.filename,
        media_type=info.media_type,
        size=info.size,
        at=clock.now(),
    )
    _note(actor, meeting, "meetings.file_added", row)
    return row


@transaction.atomic
def remove_file(*, actor: Actor, meeting_id: UUID, file_id: UUID) -> None:
    """Take a paper away. Raises NOT_FOUND, NOT_YOURS."""
    meeting = common.organised(actor, meeting_id)
    row = meeting.files.filter(file_id=file_id).first()
    if row is None:
        raise DomainError(MeetingError.NOT_FOUND)
    attachments.discard(actor=Actor.system("meetings"), file_id=file_id)
    _note(actor, meeting, "meetings.file_removed", row)
    row.delete()


def _note(actor: Actor, meeting: Meeting, action: str, row: MeetingFile) -> None:
    record(
        actor=actor,
        action=action,
        subject=(common.SUBJECT, meeting.id),
        organisation_id=meeting.organisation_id,
        data={"file_id": row.file_id},
    )
