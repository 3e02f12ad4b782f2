"""Cases and to-dos as officials see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.cases import selectors
from backend.cases.types import STATE_LABELS, Preview, WordingInfo
from backend.workflow.types import TaskInfo
from kernel.actors import Actor
from kernel.masking import MaskKind, mask
from mobile_api.platform.serializers import at
from mobile_api.v1.cases import documents

_MASKED = {"name": MaskKind.NAME, "id_number": MaskKind.ID_CARD, "phone": MaskKind.MOBILE}
_IDENTITY = ("name", "id_number", "phone", "company", "credit_code")


def task(info: TaskInfo, case: Any, language: str) -> dict[str, Any]:
    """A row of the to-do list; the applicant is masked."""
    return {
        "id": str(info.id),
        "kind": info.kind,
        "role": info.role,
        "state": info.state.value,
        "case_id": str(case.id),
        "case_no": case.case_no,
        "case_state": str(case.state),
        "case_state_label": selectors.label_of(case, language),
        "power_name": case.power_name,
        "applicant": mask(selectors.identity_of(case).get("name") or "", MaskKind.NAME),
        "etag": f'"{case.version}"',
        "due_on": documents.day(info.due_on),
        "remaining": info.remaining,
        "overdue": info.overdue,
        "opened_at": at(info.opened_at),
        "done_at": at(info.done_at),
    }


def case_file(actor: Actor, case: Any, language: str, *, masked: bool = False) -> dict[str, Any]:
    """The whole file for who handles it; masked and without answers and files' contents for who only audits.

    With `masked` personal data is masked for everybody.
    """
    handles = selectors.handles(actor, case)
    item = selectors.item_of(case)
    form = selectors.form_of(case) if handles else {}
    return {
        **documents.summary(case),
        "identity": _identity(selectors.identity_of(case), whole=handles and not masked),
        "form": _masked_form(form, item.form_schema) if masked else form,
        "form_schema": dict(item.form_schema),
        "type_code": item.type_code,
        "material_list": [{"code": one.code, "name": one.name, "necessity": one.necessity} for one in item.materials],
        "legal_bases": [{"law": one.law, "article": one.article, "summary": one.summary} for one in item.legal_bases],
        "materials": documents.materials(case),
        "notices": documents.notices(case),
        "supplement_items": case.supplement_items,
        "deadlines": [documents.deadline(info) for info in selectors.deadlines_of(case, for_officials=True)],
        "timeline": documents.timeline(selectors.timeline_of(case, language, newest_first=True, for_officials=True)),
        "actions": [action.value for action in selectors.actions_for(actor, case)],
    }


def preview(seen: Preview, language: str) -> dict[str, Any]:
    """What an act would do."""
    return {
        "state": seen.state.value,
        "state_label": STATE_LABELS[seen.state].render(language),
        "due_on": documents.day(seen.due_on),
        "notices": [{"title": one.title, "paragraphs": list(one.paragraphs)} for one in seen.notices],
        "messages": [{"title": title, "body": body} for title, body in seen.messages],
    }


def wording(info: WordingInfo) -> dict[str, Any]:
    """A wording to choose."""
    return {"id": info.id, "action": info.action, "field": info.field, "text": info.text, "type_code": info.type_code}


def acted(case: Any, language: str) -> dict[str, Any]:
    """Where the case stands after an act."""
    return {
        "id": str(case.id),
        "case_no": case.case_no,
        "state": str(case.state),
        "state_label": selectors.label_of(case, language),
        "due_on": documents.day(case.due_on),
        "version": case.version,
    }


def _masked_form(form: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    questions = schema.get("properties", {})
    return {name: _masked_answer(value, questions.get(name, {})) for name, value in form.items()}


def _masked_answer(value: Any, question: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return _masked_form(value, question)
    if isinstance(value, list):
        return [_masked_answer(one, question.get("items", {})) for one in value]
    kind = question.get("x-mask")
    return mask(value, MaskKind(kind)) if kind and isinstance(value, str) else value


def _identity(found: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    shown = {name: found.get(name) for name in _IDENTITY}
    if whole:
        return shown
    return shown | {name: mask(shown[name] or "", kind) or None for name, kind in _MASKED.items()}
