"""Snapshot + events = a fresh snapshot, for each person concerned and for every event type that reaches a screen.

A new event type fails `test_every_event_type_has_a_scenario` until a scenario plays it (or it is on the list of those
that no screen shows).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from backend.accounts import services as accounts
from backend.accounts.types import Role
from backend.notifications import selectors as notifications
from backend.notifications import services as messages
from backend.workflow import selectors as workflow_selectors
from backend.workflow import services as workflow
from kernel import events
from kernel.models import PersonEvent
from mobile_api.realtime.log import document
from tests.factories import accounts as people
from tests.factories import cases, sessions
from tests.realtime.asyncapi import validator
from tests.realtime.reducer import State, apply_all, without_order

pytestmark = pytest.mark.django_db
Deliver = Callable[[], int]
Travel = Callable[..., None]

NO_SCREEN = {
    "account.session_ended": "closes sockets; a screen that has no session shows nothing",
    "account.session_revoked": "reaches the screen as a message (inbox.added)",
    "notifications.alert_proposed": "reaches the screen as a message (inbox.added)",
    "notifications.alert_refused": "as above",
    "notifications.alert_sent": "a notice to many is read when it is opened",
    "notifications.alert_withdrawn": "as above",
    "push.device_registered": "the page of devices asks for itself",
    "push.topic_message_finished": "the desk's page of notices asks for itself",
    "push.message_finished": "reaches the screen as the state of a channel (inbox.changed)",
    "sms.message_finished": "reaches the screen as the state of a channel (inbox.changed)",
    "sms.received": "a reply by text is not shown",
    "workflow.deadline_expired": "what follows from it is shown",
    "workflow.delegated": "reaches the screen as a message (inbox.added)",
    "webhooks.twilio_stored": "the raw request of a carrier",
    "power.submitted": "the catalogue is read by search, not live",
    "power.returned": "as above",
    "power.confirmed": "as above",
    "power.published": "as above",
    "power.suspended": "as above",
    "power.resumed": "as above",
    "power.cancelled": "as above",
    "power.catalogue_imported": "as above",
    "rating.invited": "reaches the screen as a message (inbox.added)",
    "rating.received": "as above",
    "rating.feedback_given": "as above",
    "rating.rectification_opened": "as above",
    "rating.rectification_reopened": "as above",
    "rating.rectification_closed": "as above",
    **{
        name: "reaches the screen as a message (inbox.added) or a to-do; tests/meetings/test_screens.py plays it"
        for name in events.event_types()
        if name.startswith(("meetings.", "agenda."))
    },
    **{
        name: "reaches the screen as a message (inbox.added) or a to-do; tests/documents/test_screens.py plays it"
        for name in events.event_types()
        if name.startswith(("documents.", "contacts."))
    },
    **{
        name: "reaches the screen as a message (inbox.added) or a to-do, or has one's own page read anew"
        for name in events.event_types()
        if name.startswith(("attendance.", "leave."))
    },
    **{
        name: "reaches the screens of those who follow the tender as a message (inbox.added)"
        for name in events.event_types()
        if name.startswith("tender.")
    },
    **{
        name: "played in tests/inquiries/test_screens.py, or reaches the screen as a message (inbox.added)"
        for name in events.event_types()
        if name.startswith(("inquiry.", "knowledge."))
    },
}


@dataclass
class Stage:
    """A department, a citizen, and the tools of a scenario."""

    at: cases.Department
    wang: cases.Api
    travel: Travel
    deliver: Deliver
    case: dict[str, Any] = field(default_factory=dict)

    @property
    def everybody(self) -> dict[str, cases.Api]:
        """All whose screens are watched."""
        return {
            "citizen": self.wang,
            "clerk": self.at.clerk,
            "reviewer": self.at.reviewer,
            "approver": self.at.approver,
        }

    def own(self) -> dict[str, Any]:
        """The case as the citizen sees it now."""
        return cases.own(self.wang, self.case["id"])


@pytest.fixture
def stage(travel: Travel, deliver_events: Deliver) -> Stage:
    return Stage(cases.department(), cases.citizen(), travel, deliver_events)


# -- scenarios: what was there before, then one act


def _draft(stage: Stage) -> None:
    stage.case = cases.draft(stage.wang, stage.at.power_id)


def _submitted(stage: Stage) -> None:
    stage.case = cases.submitted(stage.wang, stage.at.power_id)


def _accepted(stage: Stage) -> None:
    _submitted(stage)
    _act("clerk", "accept")(stage)


def _pending(stage: Stage) -> None:
    stage.case = cases.pending(stage.wang, stage.at)


def _supplement_asked(stage: Stage) -> None:
    _submitted(stage)
    _act("clerk", "request_supplement", items=["体检证明"])(stage)


def _suspended(stage: Stage) -> None:
    _accepted(stage)
    _act("reviewer", "suspend", procedure="expert_review", planned_days=5)(stage)


def _granted(stage: Stage) -> None:
    _pending(stage)
    _act("approver", "grant")(stage)


def _act(who: str, action: str, **fields: Any) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        answer = cases.act(stage.everybody[who], stage.case["id"], action, **fields)
        assert answer.status_code == 200, answer.content

    return act


def _citizen(action: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        answer = stage.wang.post(f"/cases/{stage.case['id']}/{action}", etag=stage.own()["etag"])
        assert answer.status_code in (200, 201), answer.content

    return act


def _days_pass(stage: Stage) -> None:
    stage.travel(days=20)


def _clerk_task(stage: Stage) -> UUID:
    caller = stage.at.clerk.caller
    assert caller is not None
    found = workflow_selectors.tasks_for_subject(people.actor(caller.id), ("case", UUID(stage.case["id"])))
    return found[0].id


def _claim(stage: Stage) -> None:
    assert stage.at.clerk.caller is not None
    workflow.claim_task(actor=people.actor(stage.at.clerk.caller.id), task_id=_clerk_task(stage))


def _release(stage: Stage) -> None:
    assert stage.at.clerk.caller is not None
    workflow.release_task(actor=people.actor(stage.at.clerk.caller.id), task_id=_clerk_task(stage))


def _claimed(stage: Stage) -> None:
    _submitted(stage)
    _claim(stage)


def _read_one(stage: Stage) -> None:
    first = stage.wang.get("/inbox").json()["items"][0]
    assert stage.wang.post(f"/inbox/{first['id']}/read").status_code == 200


def _text_delivered(stage: Stage) -> None:
    first = stage.wang.get("/inbox").json()["items"][0]
    reference = f"notification:{first['id']}:sms"
    assert messages.record_sms_outcome(reference=reference, state="delivered", reason="")


def _text_failed(stage: Stage) -> None:
    first = stage.wang.get("/inbox").json()["items"][0]
    reference = f"notification:{first['id']}:sms"
    assert messages.record_sms_outcome(reference=reference, state="failed", reason="unreachable")


def _read_all(stage: Stage) -> None:
    assert stage.wang.post("/inbox/read-all").status_code == 200


def _another_role(stage: Stage) -> None:
    assert stage.at.clerk.caller is not None
    elsewhere = people.organisation()
    accounts.grant_role(
        actor=people.system(), user_id=stage.at.clerk.caller.id, role=Role.WINDOW_CLERK, organisation_id=elsewhere.id
    )


def _many_messages(stage: Stage) -> None:
    for _ in range(notifications.LATEST):
        _submitted(stage)


Play = Callable[[Stage], None]
SCENARIOS: dict[str, tuple[Play, Play, set[str]]] = {
    "submit": (_draft, _citizen("submit"), {"case.submitted", "workflow.task_opened", "inbox.added"}),
    "withdraw": (_submitted, _citizen("withdraw"), {"case.withdrawn", "workflow.task_closed", "inbox.read"}),
    "accept": (_submitted, _act("clerk", "accept"), {"case.accepted", "workflow.task_closed"}),
    "silence": (_submitted, _days_pass, {"case.deemed_accepted"}),
    "ask": (_submitted, _act("clerk", "request_supplement", items=["体检证明"]), {"case.supplement_requested"}),
    "supplement": (_supplement_asked, _citizen("supplement"), {"case.supplemented"}),
    "refuse": (
        _submitted,
        _act("clerk", "refuse_acceptance", legal_basis="行政许可法第三十二条"),
        {"case.acceptance_refused"},
    ),
    "pass": (_accepted, _act("reviewer", "pass"), {"case.step_passed"}),
    "send back": (_pending, _act("approver", "send_back"), {"case.sent_back"}),
    "suspend": (
        _accepted,
        _act("reviewer", "suspend", procedure="expert_review", planned_days=5),
        {"case.suspended"},
    ),
    "resume": (_suspended, _act("reviewer", "resume"), {"case.resumed"}),
    "extend": (_pending, _act("approver", "extend", extension_days=5), {"case.extended"}),
    "grant": (_pending, _act("approver", "grant"), {"case.granted"}),
    "deny": (_pending, _act("approver", "deny", legal_basis="教师法第十一条"), {"case.denied"}),
    "deliver": (_granted, _act("clerk", "deliver", delivery_method="counter"), {"case.delivered", "case.closed"}),
    "claim": (_submitted, _claim, {"workflow.task_changed"}),
    "release": (_claimed, _release, {"workflow.task_changed"}),
    "read": (_submitted, _read_one, {"inbox.read"}),
    "read all": (_submitted, _read_all, {"inbox.read"}),
    "text delivered": (_submitted, _text_delivered, {"inbox.changed"}),
    "text failed": (_submitted, _text_failed, {"inbox.changed"}),
    "role": (_draft, _another_role, {"account.rights_changed"}),
    "many messages": (_many_messages, _submitted, {"inbox.added"}),
}


def _snapshot(api: cases.Api) -> tuple[State, int]:
    answer = api.get("/me/snapshot")
    assert answer.status_code == 200, answer.content
    return answer.json()["state"], answer.json()["cursor"]


def _events(api: cases.Api, since: int) -> list[dict[str, Any]]:
    answer = api.get("/me/events", since=since)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["events"]
    return found


@pytest.mark.parametrize("name", SCENARIOS)
def test_snapshot_and_events_give_a_fresh_snapshot(stage: Stage, name: str) -> None:
    before, act, expected = SCENARIOS[name]
    before(stage)
    stage.deliver()
    states = {who: _snapshot(api) for who, api in stage.everybody.items()}
    act(stage)
    stage.deliver()
    seen: set[str] = set()
    for who, (state, cursor) in states.items():
        api = stage.everybody[who]
        if name == "silence":
            api.sign_in_again()
        happened = _events(api, cursor)
        seen |= {event["type"] for event in happened}
        replayed = apply_all(state, happened)
        fresh, last = _snapshot(api)
        assert without_order(replayed) == without_order(fresh), f"{who} after {name}"
        assert without_order(apply_all(replayed, happened)) == without_order(fresh), "applying twice is applying once"
        assert last == (happened[-1]["seq"] if happened else cursor)
    assert expected <= seen, f"{name} was to show {sorted(expected)}, seen were {sorted(seen)}"


def test_every_event_type_has_a_scenario() -> None:
    played = set().union(*(expected for _, _, expected in SCENARIOS.values()))
    missing = set(events.event_types()) - played - set(NO_SCREEN)
    assert not missing, f"play {sorted(missing)} in a scenario, or say why no screen shows them"
    assert not set(NO_SCREEN) & played
    assert not {name for name in NO_SCREEN if name not in events.event_types() and not name.startswith("rating.")}


def test_what_reaches_a_log_is_played(stage: Stage) -> None:
    """Types that are no outbox events (inbox.*) are found where they arrive."""
    played = set().union(*(expected for _, _, expected in SCENARIOS.values()))
    for name in ("submit", "deliver", "read", "claim", "role"):
        before, act, _ = SCENARIOS[name]
        before(stage)
        stage.deliver()
        act(stage)
        stage.deliver()
    written = set(PersonEvent.objects.values_list("type", flat=True))
    assert written <= played, f"no scenario plays {sorted(written - played)}"
    for row in PersonEvent.objects.all():
        validator("Event").validate(document(row))


def test_a_stranger_sees_nothing_of_it(stage: Stage) -> None:
    other, official = cases.citizen(), cases.Api(sessions.official(Role.APPROVER))
    _pending(stage)
    stage.deliver()
    for api in (other, official):
        state, cursor = _snapshot(api)
        assert cursor == 0 or not _events(api, 0) or all(e["type"].startswith("account.") for e in _events(api, 0))
        assert state["cases"] == state["tasks"] == []
