"""Inquiries as the API shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.utils import translation

from backend.inquiries import selectors
from backend.inquiries.types import Action, ActRequest, AskedFor, ClockInfo, PlaceInfo, Receipt, State, StoryLine
from backend.workflow.types import TaskInfo
from kernel.actors import Actor
from mobile_api.platform.serializers import at


def language() -> str:
    """The language in which the caller reads."""
    return translation.get_language() or "zh-hans"


def summary(order: Any) -> dict[str, Any]:
    """A row of the list."""
    return selectors.summary(order, language())


def receipt(given: Receipt) -> dict[str, Any]:
    """What one keeps after asking."""
    return {
        "id": str(given.order_id),
        "order_no": given.order_no,
        "query_code": given.query_code,
        "received_at": at(given.received_at),
        "answer_due_on": given.answer_due_on.isoformat() if given.answer_due_on else None,
    }


def suggestions(words: str, *, area_code: str, topic: str, numbers: bool = False) -> dict[str, Any]:
    """What the words speak for; only the hotline reads the numbers of similar orders."""
    topics = selectors.suggest_topics(words)
    chosen = topic or (topics[0].code if topics else "")
    similar = selectors.similar_open(words, area_code=area_code, topic_code=chosen)
    return {
        "topics": [
            {"code": one.code, "path": one.path, "request_type": one.request_type, "score": one.score} for one in topics
        ],
        "similar": [_similar(one) | ({"order_no": one.order.order_no} if numbers else {}) for one in similar],
        "knowledge": knowledge_hits(words, chosen),
    }


def knowledge_hits(words: str, topic_code: str) -> list[dict[str, Any]]:
    """Entries in force that may answer."""
    return [{"id": str(row.id), "title": row.title} for row in selectors.suggest_entries(words, topic_code)]


def _similar(one: Any) -> dict[str, Any]:
    order = one.order
    return {
        "id": str(order.id),
        "title": order.title,
        "topic": selectors.matter(order, language()),
        "state_label": selectors.label(order.state, language()),
        "holder": order.unit_name or "12345",
        "received_at": at(order.received_at),
        "followers": order.follower_count,
        "likeness": one.likeness,
    }


def inquiry(actor: Actor, order: Any) -> dict[str, Any]:
    """One's own inquiry, whole; a follower sees the answer, not the words."""
    own = selectors.is_caller(actor, order)
    files = selectors.files_for(actor, order)
    return {
        **summary(order),
        "is_own": own,
        "words": order.content if own else "",
        "place": place(order, order.place_words or "") if own else None,
        "query_code": order.query_code if own else None,
        "files": [file(one) for one in files],
        "replies": [reply(one, files) for one in selectors.replies_of(order, only_passed=True)],
        "channel": str(order.channel),
        "anonymous": order.is_anonymous,
        "protected": order.is_protected,
        "said": _said(order) if own else None,
        "reopen_until": at(until) if own and (until := selectors.reopen_until(order)) else None,
        "can": _can(order) if own else [],
    }


def _said(order: Any) -> dict[str, Any] | None:
    if order.said_at is None:
        return None
    return {"contacted": order.contacted, "solved": order.solved, "satisfied": order.satisfied, "at": at(order.said_at)}


def _can(order: Any) -> list[str]:
    state = State(order.state)
    if state is State.CALLBACK:
        return ["say", "add_file"]
    if state is State.CLOSED:
        return ["reopen"] if selectors.reopen_until(order) else []
    if not order.is_open:
        return []
    return ["add_file"] if state is State.REVIEW else ["urge", "add_file"]


def place(order: Any, words: str) -> dict[str, Any]:
    """Where it is about."""
    return {
        "words": words,
        "area_code": order.area_code,
        "longitude": float(order.longitude) if order.longitude is not None else None,
        "latitude": float(order.latitude) if order.latitude is not None else None,
    }


def file(row: Any) -> dict[str, Any]:
    """One file."""
    return {
        "id": str(row.id),
        "filename": row.filename,
        "media_type": row.media_type,
        "size": row.size,
        "by": row.by,
        "at": at(row.at),
    }


def reply(row: Any, files: Sequence[Any] | None = None) -> dict[str, Any]:
    """One answer, with those of its papers that are among the files."""
    seen = None if files is None else {one.id for one in files}
    return {
        "round": row.round,
        "state": row.state,
        "text": row.text,
        "law_basis": row.law_basis,
        "resolution": row.resolution,
        "unit_name": row.unit_name,
        "signed_name": row.signed_name,
        "at": at(row.signed_at or row.written_at),
        "file_ids": [str(one) for one in row.file_ids if seen is None or one in seen],
    }


def timeline(order: Any, *, reader: str) -> dict[str, Any]:
    """What happened, who holds it, whose clock runs."""
    return {
        "items": story(selectors.story(order, language(), reader=reader)),
        "holder": order.unit_name or "12345",
        "clock": selectors.whose_clock(order),
        "due_at": at(order.due_at),
    }


def story(lines: Iterable[StoryLine]) -> list[dict[str, Any]]:
    """Lines of the story."""
    return [
        {
            "kind": line.kind,
            "title": line.title,
            "at": at(line.at),
            "who": line.who,
            "note": line.note,
            "facts": dict(line.facts),
        }
        for line in lines
    ]


def progress(order: Any) -> dict[str, Any]:
    """What anybody with number and query code may know."""
    steps = selectors.story(order, language(), reader="caller")
    return {
        "order_no": order.order_no,
        "topic": selectors.matter(order, language()),
        "state": str(order.state),
        "state_label": selectors.label(order.state, language()),
        "holder": order.unit_name or "12345",
        "clock": selectors.whose_clock(order),
        "due_at": at(order.due_at),
        "received_at": at(order.received_at),
        "steps": [{"title": line.title, "at": at(line.at)} for line in steps],
    }


def order_file(actor: Actor, order: Any, *, masked: bool = False) -> dict[str, Any]:
    """The order as an official works on it; `masked` hides the middle of who asked."""
    reader = "centre" if selectors.sees_centre(actor, order) else "unit"
    return {
        **summary(order),
        "channel": str(order.channel),
        "centre_id": str(order.centre_id),
        "protected": order.is_protected,
        "anonymous": order.is_anonymous,
        "heavy": order.is_heavy,
        "petition": order.is_petition,
        "topic_code": order.topic.code if order.topic else None,
        "words": selectors.words_for(actor, order),
        "place": place(order, selectors.place_for(actor, order)),
        "caller": selectors.caller_for(actor, order, masked=masked),
        "occurred_at": at(order.occurred_at),
        "redo_count": order.redo_count,
        "return_count": order.return_count,
        "urge_count": order.urge_count,
        "final_ruling": order.final_ruling,
        "parts": [part(one) for one in order.assignments.order_by("dispatched_at", "id")],
        "replies": [reply(one) for one in selectors.replies_of(order, only_passed=False)],
        "files": [file(one) for one in selectors.files_for(actor, order)],
        "recordings": [recording(one) for one in selectors.recordings_for(actor, order)],
        "asked_for": [asked_for(one) for one in selectors.open_requests_of(order)] if reader == "centre" else [],
        "clocks": [clock(one) for one in selectors.clocks_of(order)],
        "timeline": story(selectors.story(order, language(), reader=reader)),
        "actions": [action.value for action in selectors.actions_for(actor, order)],
    }


def part(row: Any) -> dict[str, Any]:
    """A unit's part."""
    return {
        "unit_id": str(row.unit_id),
        "unit_name": row.unit_name,
        "part": row.part,
        "state": row.state,
        "dispatched_at": at(row.dispatched_at),
        "signed_at": at(row.signed_at),
        "return_due_at": at(row.return_due_at),
        "opinion": row.opinion or "",
        "file_ids": [str(one) for one in row.file_ids],
    }


def recording(call: Any) -> dict[str, Any]:
    """The sound of a call from which the order came."""
    return {
        "call_id": str(call.id),
        "state": selectors.recording_state(call),
        "seconds": call.recording_seconds,
        "at": at(call.received_at),
    }


def asked_for(info: AskedFor) -> dict[str, Any]:
    """What a unit asks the hotline for."""
    return {**asdict(info), "asked_at": at(info.asked_at)}


def clock(info: ClockInfo) -> dict[str, Any]:
    """A limit as it runs."""
    return {
        "kind": info.kind,
        "due_at": at(info.due_at),
        "closed_at": at(info.closed_at),
        "overdue": info.overdue,
        "whose": info.whose,
        "unit_name": info.unit_name,
    }


def acted(order: Any) -> dict[str, Any]:
    """Where the order stands after an act."""
    return {
        "id": str(order.id),
        "order_no": order.order_no,
        "state": str(order.state),
        "state_label": selectors.label(order.state, language()),
        "due_at": at(order.due_at),
        "version": order.version,
    }


def task(info: TaskInfo, order: Any) -> dict[str, Any]:
    """A to-do with its order."""
    return {
        "id": str(info.id),
        "kind": info.kind,
        "role": info.role,
        "state": info.state.value,
        "due_on": info.due_on.isoformat() if info.due_on else None,
        "remaining": info.remaining,
        "overdue": info.overdue,
        "opened_at": at(info.opened_at),
        "etag": f'"{order.version}"',
        "order": summary(order),
    }


def answered(row: Any) -> dict[str, Any]:
    """An answered inquiry that everybody may read."""
    return {
        "id": str(row.id),
        "topic": row.topic.path if row.topic else None,
        "request_type": row.request_type,
        "area_code": row.area_code,
        "question": row.question,
        "answer": row.answer,
        "unit_name": row.unit_name,
        "unit_says": row.unit_says,
        "citizen_says_solved": row.citizen_says_solved,
        "asked_on": row.asked_on.isoformat(),
        "answered_on": row.answered_on.isoformat(),
    }


def act_request(body: dict[str, Any]) -> ActRequest:
    """An act as the services take it."""
    fields = {name: value for name, value in body.items() if name not in {"action", "assist_ids", "file_ids"}}
    assist_ids, file_ids = tuple(body["assist_ids"]), tuple(body["file_ids"])
    return ActRequest(Action(body["action"]), assist_ids=assist_ids, file_ids=file_ids, **fields)


def place_info(body: dict[str, Any] | None) -> PlaceInfo:
    """A place as the services take it."""
    return PlaceInfo(**body) if body else PlaceInfo()
