"""Official documents as the API shows them."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from backend.documents import selectors
from backend.documents.types import (
    ACT_NAMES,
    KIND_NAMES,
    OPENNESS_NAMES,
    REASON_NAMES,
    STATE_NAMES,
    URGENCY_NAMES,
    Act,
    EditionInfo,
    Kind,
    NumberInfo,
    Openness,
    Reason,
    State,
    Urgency,
)
from kernel.actors import Actor
from mobile_api.platform.serializers import at


def _said(text: Any) -> str:
    return str(text.render(translation.get_language() or "zh-hans"))


def row(found: Any) -> dict[str, Any]:
    """A document in a list, as `selectors.documents_of` reads it."""
    own = found.own_rows[0] if found.own_rows else None
    return _row(found, is_unread=own is not None and own.read_at is None)


def _row(found: Any, *, is_unread: bool) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "direction": found.direction,
        "kind": found.kind,
        "kind_label": _said(KIND_NAMES[Kind(found.kind)]),
        "title": found.title,
        "number": found.number,
        "state": found.state,
        "state_label": _said(STATE_NAMES[State(found.state)]),
        "urgency": found.urgency,
        "urgency_label": _said(URGENCY_NAMES[Urgency(found.urgency)]),
        "unit_name": found.unit_name,
        "sender": found.sender,
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "is_unread": is_unread,
        "updated_at": at(found.updated_at),
        "version": found.version,
    }


def document(actor: Actor, found: Any) -> dict[str, Any]:
    """A document with everything the actor may see and do."""
    readers = list(found.readers.all())
    acts = selectors.acts_for(actor, found)
    unread = any(one.person_id == actor.user_id and one.read_at is None for one in readers)
    return {
        **_row(found, is_unread=unread),
        "openness": found.openness,
        "openness_label": _said(OPENNESS_NAMES[Openness(found.openness)]),
        "body": found.body,
        "recipients": found.recipients,
        "copies_to": found.copies_to,
        "copies": found.copies,
        "dated": found.dated.isoformat() if found.dated else None,
        "register_no": found.register_no,
        "drafter_name": found.drafter_name,
        "leader_name": found.leader_name,
        "holder": selectors.holder_of(found),
        "signed_at": at(found.signed_at),
        "issued_at": at(found.issued_at),
        "edition": found.edition,
        "page_file_id": str(found.page_file_id) if found.page_file_id else None,
        "is_drafter": selectors.writes(actor, found),
        "actions": [str(act) for act in acts],
        "codes": selectors.codes_of(actor) if Act.RECHECK in acts else [],
        "steps": [_step(one) for one in found.steps.all()],
        "parts": [_part(one) for one in found.parts.all()],
        "readers": [_reader(one) for one in readers],
        "layers": [layer(actor, one) for one in found.layers.all()],
        "files": [file(one) for one in found.files.all()],
    }


def _step(one: Any) -> dict[str, Any]:
    label = _said(ACT_NAMES[Act(one.act)])
    return {"act": one.act, "act_label": label, "by_name": one.by_name, "opinion": one.opinion, "people": one.people,
            "at": at(one.at)}  # fmt: skip


def _part(one: Any) -> dict[str, Any]:
    return {
        "act": one.act,
        "act_label": _said(ACT_NAMES[Act(one.act)]),
        "name": one.name,
        "unit_name": one.unit_name,
        "is_lead": one.is_lead,
        "done_at": at(one.done_at),
        "opinion": one.opinion,
    }


def _reader(one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "unit_name": one.unit_name,
        "reason": one.reason,
        "reason_label": _said(REASON_NAMES[Reason(one.reason)]),
        "sent_at": at(one.sent_at),
        "read_at": at(one.read_at),
    }


def layer(actor: Actor, one: Any) -> dict[str, Any]:
    """What somebody wrote over a page."""
    return {
        "page": one.page,
        "version": one.version,
        "by_name": one.by_name,
        "is_own": one.by_id == actor.user_id,
        "strokes": one.strokes,
        "words": one.words,
        "at": at(one.at),
    }


def file(one: Any) -> dict[str, Any]:
    """A scan or an annex."""
    return {"id": str(one.file_id), "filename": one.filename, "media_type": one.media_type, "size": one.size}


def edition(one: EditionInfo) -> dict[str, Any]:
    """The text as it stood, in what pieces it differs from the one before."""
    pieces = list(one.pieces)
    return {"number": one.number, "title": one.title, "by_name": one.by_name, "at": at(one.at), "pieces": pieces}


def number(one: NumberInfo) -> dict[str, Any]:
    """A number that was given out."""
    return {
        "number": one.number,
        "serial": one.serial,
        "title": one.title,
        "taken_at": at(one.taken_at),
        "void_at": at(one.void_at),
        "void_reason": one.void_reason,
    }
