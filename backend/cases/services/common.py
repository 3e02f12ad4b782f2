"""What every act on a case shares: the locked row, the record of the step, the event, the live screens."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from backend.accounts import selectors as accounts
from backend.cases import policies, rules, summaries
from backend.cases.models import Case, CaseNotice, CaseStep
from backend.cases.types import Action, CaseError, CaseState, NoticeKind
from backend.journal.services import record_change
from backend.powers import selectors as powers
from backend.powers.types import PowerVersionInfo
from backend.workflow import services as workflow
from kernel import clock, realtime
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError
from kernel.events import Event, EventType
from kernel.ids import take_number

CLOCKS = ("promise", "legal", "step")
NOTICE_CLOCK = "notice"
REVIEW_TASK = "case.review"
DECIDE_TASK = "case.decide"


def own_case(actor: Actor, case_id: UUID, version: int | None) -> Case:
    """The applicant's case, locked. Raises NOT_FOUND for anybody else's, STALE for another `version`."""
    case = Case.objects.select_for_update().filter(pk=case_id, applicant_id=actor.person_id).first()
    if case is None:
        raise DomainError(CaseError.NOT_FOUND)
    check_version(case, version)
    return case


def handled_case(actor: Actor, case_id: UUID, version: int | None) -> Case:
    """A case inside the official's grants, locked. Raises NOT_FOUND outside of them, OWN_CASE, STALE."""
    case = Case.objects.select_for_update().filter(pk=case_id).exclude(case_no=None).first()
    if case is None or not may_handle(actor, case):
        raise DomainError(CaseError.NOT_FOUND)
    if is_own(actor, case):
        raise DomainError(CaseError.OWN_CASE)
    check_version(case, version)
    return case


def take_turn(case: Case) -> None:
    """Wait until no colleague of the organisation is in the middle of an act.

    Acts write to the live logs of several posts and take numbers of the organisation's series, each in its own order;
    without turns two acts on two cases would wait for each other until the database kills one. Ends with the
    transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 41))", [str(case.organisation_id)])


def may_handle(actor: Actor, case: Case) -> bool:
    """Whether the official holds a handling role, or the current step's, that reaches the case's organisation."""
    roles = {*summaries.HANDLING_ROLES, case.step_role}
    return any(actor.has_role(role, path=case.organisation_path) for role in roles)


def is_own(actor: Actor, case: Case) -> bool:
    """Whether the actor applied, or represents the legal person that did."""
    if case.applicant_id == actor.user_id:
        return True
    if case.legal_person_id is None or actor.user_id is None:
        return False
    return any(person.id == case.legal_person_id for person in accounts.legal_persons_of(actor.user_id))


def check_version(case: Case, version: int | None) -> None:
    """Refuse an act on something else than what the actor has seen; the answer tells what it is now."""
    if version is not None and version != case.version:
        now = {"version": case.version, "state": case.state, "updated_at": clock.local(case.updated_at).isoformat()}
        raise DomainError(CommonError.STALE, extra={"current": now})


def label_of(case: Case) -> str:
    """What people call the case's state."""
    return summaries.label(case.state)


def check_action(case: Case, action: Action) -> None:
    """Refuse an act that the case's state does not allow."""
    state = CaseState(case.state)
    if state not in rules.RULES[action].states:
        current = {"state": case.state, "version": case.version}
        raise DomainError(CaseError.ACTION_NOT_ALLOWED, state=label_of(case), extra={"current": current})


def check_role(actor: Actor, case: Case, action: Action) -> None:
    """Refuse an official whose post does not do this act."""
    if not actor.has_role(rules.role_for(action, case.step_role), path=case.organisation_path):
        raise DomainError(CaseError.NOT_YOUR_STEP)


def check_fresh_factor(actor: Actor, action: Action) -> None:
    """Signing acts need a second factor of the last minutes."""
    if action not in rules.SIGNING:
        return
    now = clock.now()
    fresh = timedelta(minutes=policies.value(policies.FRESH_FACTOR_MINUTES, clock.local(now).date()))
    if actor.mfa_at is None or now - actor.mfa_at > fresh:
        raise DomainError(CommonError.MFA_REQUIRED)


def power_of(case: Case) -> PowerVersionInfo:
    """The version of the item that the case keeps; read once for each loaded case."""
    item: PowerVersionInfo | None = case.__dict__.get("item")
    if item is None or item.id != case.power_version_id:
        item = case.__dict__["item"] = powers.version(case.power_version_id)
    return item


def keep_item(case: Case, item: PowerVersionInfo) -> None:
    """From now on the case runs under this version of its item."""
    case.power_version_id, case.power_name = item.id, item.name
    case.__dict__["item"] = item


def note_step(case: Case, actor: Actor, action: Action, at: datetime, *, opinion: str = "", **facts: Any) -> CaseStep:
    """Keep who did what."""
    step = _step_info(case)
    name = accounts.display_name(actor.user_id) if actor.kind is ActorKind.OFFICIAL and actor.user_id else ""
    return CaseStep.objects.create(
        case=case,
        action=action,
        step_code=step[0],
        step_name=step[1],
        actor_id=actor.user_id,
        actor_name=name,
        actor_kind=actor.kind.value,
        opinion=opinion.strip() or None,
        facts=facts,
        at=at,
    )


def _step_info(case: Case) -> tuple[str, str]:
    if not case.step_role:
        return "", ""
    step = power_of(case).steps[case.step_index]
    return step.code, step.name


def issue_notice(case: Case, kind: NoticeKind, paragraphs: Sequence[str], at: datetime) -> CaseNotice:
    """Write a numbered voucher for the applicant."""
    day = clock.local(at).date()
    organisation = accounts.organisation(case.organisation_id)
    serial = take_number(f"notice:{organisation.code}"[:40], str(day.year))
    return CaseNotice.objects.create(
        case=case,
        kind=kind,
        number=f"{organisation.short_name or organisation.name}〔{day.year}〕{serial}号",
        title=rules.notice_title(kind, power_of(case).type_code),
        paragraphs=json.dumps(list(paragraphs), ensure_ascii=False),
        issued_on=day,
        at=at,
    )


def finish(case: Case, actor: Actor, event: EventType, at: datetime, fields: Sequence[str], **data: Any) -> Event:
    """Write the changed fields, journal and emit, show it on the applicant's live screens. Ends every act."""
    case.save_change(*fields, at=at)
    return tell(case, actor, event, at, **data)


def tell(case: Case, actor: Actor, event: EventType, at: datetime, **data: Any) -> Event:
    """Journal, emit and show a fact about the case as it stands."""
    told = record_change(
        actor=actor,
        event=event,
        subject=("case", case.id),
        organisation_id=case.organisation_id,
        data={**_facts(case, at), **_plain(data)},
    )
    show(case, told.id, event.name)
    return told


def show(case: Case, event_id: UUID, type: str) -> None:
    """Put the case as it stands on the applicant's live screens."""
    realtime.publish(
        [case.applicant_id],
        event_id=event_id,
        type=type,
        subject=("case", case.id),
        data={"upsert": {"cases": [summaries.summary(case)]}},
    )


def _facts(case: Case, at: datetime) -> dict[str, Any]:
    return {
        "case_id": str(case.id),
        "case_no": case.case_no,
        "power_name": case.power_name,
        "power_id": str(case.power_id),
        "applicant_id": str(case.applicant_id),
        "organisation_id": str(case.organisation_id),
        "state": str(case.state),
        "version": case.version,
        "at": at.isoformat(),
    }


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}


def open_step_task(case: Case, actor: Actor, kind: str, role: str, due_on: date | None) -> None:
    """Put the next thing to do before those whose post it is."""
    workflow.open_task(
        subject=("case", case.id),
        kind=kind,
        organisation_id=case.organisation_id,
        role=role,
        title=f"{case.power_name[:60]} {case.case_no}",
        due_on=due_on,
        actor=actor,
    )


def move_step_task(case: Case, actor: Actor, kind: str, role: str, due_on: date | None) -> None:
    """Put the same thing to do before the same post with another due date."""
    close_step_tasks(case, actor)
    open_step_task(case, actor, kind, role, due_on)


def close_step_tasks(case: Case, actor: Actor) -> None:
    """Take what was waiting off the lists."""
    workflow.close_tasks(subject=("case", case.id), by=actor, actor=actor)
