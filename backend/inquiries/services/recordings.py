"""The sound of phone calls: told of by the exchange, fetched by the workers, kept in the file store."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.attachments import services as attachments
from backend.attachments.types import MediaType
from backend.inquiries import policies
from backend.inquiries.models import Call
from backend.inquiries.rules import states
from backend.inquiries.services import common
from backend.inquiries.services.calls import SUBJECT, tell
from backend.journal.services import record
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7
from sms.services import fetch_recording
from sms.types import RecordingGoneError, RecordingLaterError

BATCH = 10
LEASE = timedelta(minutes=5)
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200, 21600, 86400))
ACCEPTS = [MediaType.WAV.value]
_EXCHANGE = Actor.provider("exchange")


@transaction.atomic
def note_recording(*, sid: str, recording_sid: str, url: str, seconds: int | None, status: str = "") -> bool:
    """The exchange says that the recording of a call is there; it is fetched next. A report that comes again changes
    nothing. False when the call is unknown or has none."""
    call = Call.objects.select_for_update().filter(sid=sid).first()
    if call is None or status not in {"", "completed"}:
        return False
    if call.recording_sid == recording_sid or call.recording_file_id is not None:
        return True
    now = clock.now()
    call.recording_sid, call.recording_url, call.recording_seconds = recording_sid, url, seconds
    call.recording_due_at, call.recording_tries = now, 0
    call.save_change(
        "recording_sid", "recording_url", "recording_seconds", "recording_due_at", "recording_tries", at=now
    )
    _record("inquiry.call_recorded", call)
    return True


@transaction.atomic
def claim_recordings() -> list[UUID]:
    """Recordings to be fetched now, taken for a while: what is not fetched by then is claimed again."""
    now = clock.now()
    rows = Call.objects.select_for_update(skip_locked=True).filter(recording_due_at__lte=now)
    due = list(rows.order_by("recording_due_at").values_list("id", flat=True)[:BATCH])
    Call.objects.filter(pk__in=due).update(recording_due_at=now + LEASE)
    return due


def give_back_recordings(*, call_ids: Sequence[UUID]) -> None:
    """They could not be handed to a worker: they are due again."""
    Call.objects.filter(pk__in=call_ids, recording_file_id=None).update(recording_due_at=clock.now())


def keep_recording(*, call_id: UUID) -> bool:
    """Fetch a call's recording and store it. Whether it is there now; else it is tried again later, so many times."""
    call = Call.objects.filter(pk=call_id).exclude(recording_due_at=None).first()
    if call is None or call.recording_file_id is not None:
        return call is not None
    max_bytes = policies.number(policies.MAX_RECORDING_MB) * 1024 * 1024
    with tempfile.TemporaryFile() as sound:
        try:
            fetch_recording(url=call.recording_url or "", target=sound, max_bytes=max_bytes)
            sound.seek(0)
            info = attachments.store(
                actor=Actor.system("inquiries.recordings"),
                upload=sound,
                filename=f"通话录音-{clock.local(call.received_at):%Y%m%d-%H%M}.wav",
                accepts=ACCEPTS,
                max_bytes=max_bytes,
                owner=(SUBJECT, call.id),
            )
        except RecordingLaterError as exc:
            return _later(call_id, str(exc))
        except (RecordingGoneError, DomainError) as exc:
            return _lost(call_id, str(exc))
    return _keep(call_id, info.id)


@transaction.atomic
def _keep(call_id: UUID, file_id: UUID) -> bool:
    common.take_turn()
    call = Call.objects.select_for_update(of=("self",)).select_related("order").get(pk=call_id)
    if call.recording_file_id is not None:
        attachments.discard(actor=Actor.system("inquiries.recordings"), file_id=file_id)
        return True
    call.recording_file_id, call.recording_due_at = file_id, None
    call.save_change("recording_file_id", "recording_due_at", at=clock.now())
    _record("inquiry.recording_kept", call, file_id=str(file_id))
    _show(call)
    return True


def _show(call: Call) -> None:
    """The desk's screens read the call, and the order that came of it, anew."""
    tell(_EXCHANGE, call)
    if call.order is not None:
        desk = accounts.people_with_any_role(states.CENTRE_ROLES, call.order.centre_id)
        subject = (common.SUBJECT, call.order.id)
        realtime.publish(desk, event_id=uuid7(), type="inquiry.recording_kept", subject=subject, data={})


@transaction.atomic
def _later(call_id: UUID, why: str) -> bool:
    call = Call.objects.select_for_update().get(pk=call_id)
    if call.recording_tries >= len(WAITS):
        return _give_up(call, why)
    now = clock.now()
    call.recording_due_at = now + WAITS[call.recording_tries]
    call.recording_tries += 1
    call.save_change("recording_due_at", "recording_tries", at=now)
    return False


@transaction.atomic
def _lost(call_id: UUID, why: str) -> bool:
    return _give_up(Call.objects.select_for_update().get(pk=call_id), why)


def _give_up(call: Call, why: str) -> bool:
    call.recording_due_at = None
    call.save_change("recording_due_at", at=clock.now())
    _record("inquiry.recording_lost", call, why=why[:80])
    return False


def _record(action: str, call: Call, **facts: str) -> None:
    record(
        actor=_EXCHANGE,
        action=action,
        subject=(SUBJECT, call.id),
        organisation_id=policies.centre().id,
        data={"seconds": call.recording_seconds, "recording": call.recording_sid, **facts},
    )
