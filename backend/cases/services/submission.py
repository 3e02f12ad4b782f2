"""Handing in, adding what was asked for, taking back."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import RealNameLevel
from backend.cases import events, policies, rules
from backend.cases.models import Case
from backend.cases.services import common
from backend.cases.services.drafting import throw_away
from backend.cases.types import Action, ApplicantKind, CaseError, CaseState, Outcome, Receipt
from backend.powers import selectors as powers
from backend.powers.types import PowerVersionInfo
from backend.workflow import selectors as clocks
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.crypto import blind_index
from kernel.errors import DomainError, FieldError, Text
from kernel.ids import take_number

_MISSING = Text("请上传“{name}”。", "Add “{name}”.")


@transaction.atomic
def submit(*, actor: Actor, case_id: UUID, version: int) -> Receipt:
    """Hand in a draft: checked whole, received (on the next working day outside business hours), numbered.

    Starts the five working days within which the agency must answer (Administrative Licensing Law Art. 32). Raises
    NOT_FOUND, STALE, ACTION_NOT_ALLOWED, IDENTITY_NEEDED, POWER_SUSPENDED, FORM_INVALID, MATERIALS_MISSING.
    """
    case = common.own_case(actor, case_id, version)
    common.check_action(case, Action.SUBMIT)
    item = powers.published_version(case.power_id)
    common.keep_item(case, item)
    case.identity = json.dumps(_identity(actor, case), ensure_ascii=False)
    _check_complete(case, item)
    now = clock.now()
    case.submitted_at, case.received_on = now, clocks.received_on(now)
    case.state = CaseState.SUBMITTED
    case.step_index, case.step_role = 0, rules.WINDOW_CLERK
    code = rules.query_code()
    case.query_code, case.query_digest = code, query_digest(code)
    answer_due = _await_answer(case, actor)
    region = accounts.organisation(case.organisation_id).region_code[:6]
    case.case_no = rules.case_number(
        region, clock.local(now).date(), take_number(f"case:{region}", str(clock.local(now).year))
    )
    common.open_step_task(case, actor, "case.accept", rules.WINDOW_CLERK, answer_due)
    common.note_step(case, actor, Action.SUBMIT, now)
    common.finish(
        case,
        actor,
        events.SUBMITTED,
        now,
        _SUBMIT_FIELDS,
        query_code=code,
        received_on=case.received_on,
        answer_due_on=answer_due,
    )
    return Receipt(
        case_no=case.case_no,
        query_code=code,
        power_name=case.power_name,
        organisation_name=case.organisation_name,
        submitted_at=now,
        received_on=case.received_on,
        answer_due_on=answer_due,
        version=case.version,
    )


_SUBMIT_FIELDS = (
    "power_version_id", "power_name", "identity", "submitted_at", "received_on", "state", "step_index", "step_role",
    "query_code", "query_digest", "case_no",
)  # fmt: skip


def query_digest(code: str) -> bytes:
    """What is compared when somebody asks for progress."""
    return blind_index(rules.normalised_code(code), purpose="cases.query_code")


@transaction.atomic
def supplement(*, actor: Actor, case_id: UUID, version: int) -> Case:
    """Say that everything asked for has been added. Raises NOT_FOUND, STALE, ACTION_NOT_ALLOWED, FORM_INVALID,
    MATERIALS_MISSING. The agency's time to answer begins anew."""
    case = common.own_case(actor, case_id, version)
    common.check_action(case, Action.SUPPLEMENT)
    _check_complete(case, common.power_of(case))
    now = clock.now()
    case.received_on, case.state = clocks.received_on(now), CaseState.SUBMITTED
    answer_due = _await_answer(case, actor)
    common.open_step_task(case, actor, "case.accept", rules.WINDOW_CLERK, answer_due)
    common.note_step(case, actor, Action.SUPPLEMENT, now)
    common.finish(case, actor, events.SUPPLEMENTED, now, ("received_on", "state"), answer_due_on=answer_due)
    return case


@transaction.atomic
def withdraw(*, actor: Actor, case_id: UUID, version: int) -> Case:
    """Take an application back before it is decided, or throw a draft away.

    Raises NOT_FOUND, STALE, ACTION_NOT_ALLOWED.
    """
    case = common.own_case(actor, case_id, version)
    common.check_action(case, Action.WITHDRAW)
    if case.case_no is None:
        throw_away(actor, case)
        return case
    now = clock.now()
    common.note_step(case, actor, Action.WITHDRAW, now)
    case.state, case.outcome, case.closed_at = CaseState.WITHDRAWN, Outcome.WITHDRAWN, now
    common.close_step_tasks(case, actor)
    workflow.close_deadlines(subject=("case", case.id), actor=actor)
    common.finish(case, actor, events.WITHDRAWN, now, ("state", "outcome", "closed_at"))
    return case


def _await_answer(case: Case, actor: Actor) -> Any:
    days = policies.value(policies.NOTICE_DAYS, case.received_on or clock.today())
    return workflow.open_deadline(
        actor=actor,
        subject=("case", case.id),
        kind=common.NOTICE_CLOCK,
        start=case.received_on or clock.today(),
        limit=days,
        organisation_id=case.organisation_id,
    )


def _identity(actor: Actor, case: Case) -> dict[str, Any]:
    identity = accounts.identity_of(actor.person_id)
    if identity is None or identity.level < RealNameLevel.ID_CHECKED:
        raise DomainError(CaseError.IDENTITY_NEEDED)
    found: dict[str, Any] = {"name": identity.name, "id_number": identity.id_number}
    found["phone"] = accounts.contact_phone(case.applicant_id)
    if case.applicant_kind == ApplicantKind.LEGAL_PERSON:
        company = next(p for p in accounts.legal_persons_of(case.applicant_id) if p.id == case.legal_person_id)
        found |= {"company": company.name, "credit_code": company.credit_code}
    return found


def _check_complete(case: Case, item: PowerVersionInfo) -> None:
    form = json.loads(case.form or "{}")
    faults = powers.form_faults(item, form)
    if faults:
        raise DomainError(CaseError.FORM_INVALID, errors=faults)
    present = set(case.materials.filter(removed_at=None).values_list("code", flat=True))
    missing = [material for material in powers.required_materials(item, form) if material.code not in present]
    if missing:
        faults = [
            FieldError(f"/materials/{material.code}", "required", _MISSING, {"name": material.name})
            for material in missing
        ]
        raise DomainError(CaseError.MATERIALS_MISSING, errors=faults)
