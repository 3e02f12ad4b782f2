"""The one way in for officials' acts: right, state, version, content, then the act itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction

from backend.cases import rules
from backend.cases.models import Case
from backend.cases.services import acceptance, common, decision, pausing, steps
from backend.cases.types import Action, ActRequest, CaseError
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
    case = common.handled_case(actor, case_id, version)
    common.check_action(case, request.action)
    common.check_role(actor, case, request.action)
    common.check_fresh_factor(actor, request.action)
    faults = rules.missing_fields(request)
    if faults:
        raise DomainError(CaseError.FIELD_NEEDED, errors=faults)
    common.take_turn(case)
    ACTS[request.action](actor, case, request)
    return case
