"""The one way in for officials' acts: right, state, version, content, then the act itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction

from backend.cases import rules
from backend.cases.models import Case, CaseNotice
from backend.cases.services import acceptance, common, decision, pausing, steps
from backend.cases.types import Action, ActRequest, CaseError, CaseState, Preview, PreviewedNotice
from backend.notifications import services as notifications
from kernel import events
from kernel.actors import Actor
from kernel.errors import DomainError

Act = Callable[[Actor, Case, ActRequest], None]
ACTS: Mapping[Action, Act] = {
    Action.ACCEPT: acceptance.accept,
    Action.REQUEST_SUPPLEMENT: acceptance.request_supplement,
    Action.REFUSE_ACCEPTANCE: acceptance.refuse_acceptance,
    Action.PASS: steps.pass_step,
    Action.SEND_BACK: steps.send_back,
    Action.GRANT: decision.grant,
    Action.DENY: decision.deny,
    Action.SUSPEND: pausing.suspend,
    Action.RESUME: pausing.resume,
    Action.EXTEND: pausing.extend,
    Action.DELIVER: decision.deliver,
}


@transaction.atomic
def act(*, actor: Actor, case_id: UUID, version: int, request: ActRequest) -> Case:
    """Do one official act on a case, as the version seen by the official.

    Raises NOT_FOUND, OWN_CASE, STALE, ACTION_NOT_ALLOWED, NOT_YOUR_STEP, MFA_REQUIRED, FIELD_NEEDED, and what the act
    itself refuses. Two officials at once: one act, the other is told that the case has changed.
    """
    case = _open(actor, case_id, version, request)
    common.check_fresh_factor(actor, request.action)
    return _perform(actor, case, request)


@transaction.atomic
def preview(*, actor: Actor, case_id: UUID, version: int, request: ActRequest) -> Preview:
    """What an act would do and what the applicant would read of it, with nothing done.

    The act itself runs and is undone, so its words are the act's own. No second factor is asked for, since nothing is
    signed. Raises what the act raises.
    """
    case = _open(actor, case_id, version, request)
    known = {event.id for event in events.of_subject("case", case_id)}
    vouchers = case.notices.count()
    with transaction.atomic():
        _perform(actor, case, request)
        happened = [event for event in events.of_subject("case", case_id) if event.id not in known]
        seen = Preview(
            state=CaseState(case.state),
            due_on=case.due_on,
            notices=tuple(_shown(notice) for notice in case.notices.order_by("at", "id")[vouchers:]),
            messages=tuple(message for event in happened for message in notifications.foretell(event)),
        )
        transaction.set_rollback(True)
    return seen


def _open(actor: Actor, case_id: UUID, version: int, request: ActRequest) -> Case:
    case = common.handled_case(actor, case_id, version)
    common.check_action(case, request.action)
    common.check_role(actor, case, request.action)
    return case


def _perform(actor: Actor, case: Case, request: ActRequest) -> Case:
    faults = rules.missing_fields(request)
    if faults:
        raise DomainError(CaseError.FIELD_NEEDED, errors=faults)
    common.take_turn(case)
    ACTS[request.action](actor, case, request)
    return case


def _shown(notice: CaseNotice) -> PreviewedNotice:
    return PreviewedNotice(notice.title, tuple(json.loads(notice.paragraphs or "[]")))
