"""Two at once: one effect, the others told so, numbers without gaps, nobody kills anybody (reliability F23, F24).

F23 asks for 200 rounds of each pair: `F23_ROUNDS=200 pytest tests/cases/test_two_at_once.py`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from backend.accounts.types import Role
from backend.cases import services
from backend.cases.models import Case, CaseNotice, CaseStep
from kernel.models import OutboxEvent
from tests.factories import accounts, cases, sessions

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("F23_ROUNDS", "5"))
Call = Callable[[], Any]


def together(calls: Sequence[Call]) -> list[Any]:
    """The answers of calls that start at the same moment, in their order."""
    answers: list[Any] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(place: int, call: Call) -> None:
        gate.wait()
        try:
            answers[place] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def acting(official: cases.Api, case: dict[str, Any], action: str, **fields: Any) -> Call:
    """An act by the version that `case` shows."""
    body = {"action": action, "opinion": "经审查。", **fields}
    return lambda: official.post(f"/approval/cases/{case['id']}/actions", body, etag=case["etag"])


def _same_act(at: cases.Department, wang: cases.Api, case: dict[str, Any]) -> list[Call]:
    second = cases.Api(sessions.official(Role.APPROVER, at.place))
    return [acting(at.approver, case, "grant"), acting(second, case, "grant")]


def _opposites(at: cases.Department, wang: cases.Api, case: dict[str, Any]) -> list[Call]:
    second = cases.Api(sessions.official(Role.APPROVER, at.place))
    return [acting(at.approver, case, "grant"), acting(second, case, "deny", legal_basis="教师法第十一条")]


def _two_phones(at: cases.Department, wang: cases.Api, case: dict[str, Any]) -> list[Call]:
    assert at.approver.caller is not None
    phone = cases.Api(sessions.signed_in(at.approver.caller.id, factor=True, organisation=at.place))
    return [acting(at.approver, case, "grant"), acting(phone, case, "grant")]


def _withdrawal(at: cases.Department, wang: cases.Api, case: dict[str, Any]) -> list[Call]:
    return [
        acting(at.approver, case, "grant"),
        lambda: wang.post(f"/cases/{case['id']}/withdraw", etag=case["etag"]),
    ]


@pytest.mark.parametrize("pair", [_same_act, _opposites, _two_phones, _withdrawal])
def test_one_of_two_takes_effect(pair: Callable[..., list[Call]]) -> None:
    at, wang = cases.department(), cases.citizen()
    for _ in range(ROUNDS):
        case = cases.pending(wang, at)
        answers = together(pair(at, wang, case))
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses in ([200, 409], [200, 412]), [answer.content.decode() for answer in answers]
        refused = next(answer.json() for answer in answers if answer.status_code != 200)
        after = cases.own(wang, case["id"])
        assert refused["current"]["state"] == after["state"]
        assert refused["current"]["version"] == after["version"] == case["version"] + 1
        assert CaseStep.objects.filter(case_id=case["id"], action__in=["grant", "deny", "withdraw"]).count() == 1
        ends = OutboxEvent.objects.filter(
            subject_id=case["id"], type__in=["case.granted", "case.denied", "case.withdrawn"]
        )
        assert ends.count() == 1
    _check_notice_numbers(at)


def _check_notice_numbers(at: cases.Department) -> None:
    rows = CaseNotice.objects.filter(case__organisation_id=at.place.id).values_list("number", flat=True)
    serials = sorted(int(number.split("〕")[1].removesuffix("号")) for number in rows)
    assert serials == list(range(1, len(serials) + 1))


def test_colleagues_never_stop_each_other() -> None:
    """Acts of all posts on different cases lock the same logs and numbers; none is sacrificed."""
    at, wang = cases.department(), cases.citizen()
    for _ in range(3):
        fresh, later = cases.submitted(wang, at.power_id), cases.submitted(wang, at.power_id)
        assert cases.act(at.clerk, later["id"], "accept").status_code == 200
        reviewed, decided = cases.pending(wang, at), cases.pending(wang, at)
        calls = [
            acting(at.clerk, fresh, "accept"),
            acting(at.reviewer, cases.own(wang, later["id"]), "pass"),
            acting(at.approver, reviewed, "send_back"),
            acting(at.approver, decided, "grant"),
        ]
        answers = together(calls)
        assert [answer.status_code for answer in answers] == [200] * 4, [a.content.decode() for a in answers]
    _check_notice_numbers(at)


def test_numbers_have_no_gaps_when_some_fail() -> None:
    at = cases.department()
    people = [cases.citizen() for _ in range(12)]
    drafts = [cases.draft(api, at.power_id) for api in people]

    def submit(place: int) -> Call:
        caller = people[place].caller
        assert caller is not None
        actor = accounts.actor(caller.id)

        def call() -> str:
            try:
                with transaction.atomic():
                    case = drafts[place]
                    receipt = services.submit(actor=actor, case_id=UUID(case["id"]), version=case["version"])
                    if place % 4 == 0:
                        raise RuntimeError("the power fails before the commit")
                    return receipt.case_no
            except RuntimeError:
                return ""

        return call

    numbers = sorted(number for number in together([submit(place) for place in range(12)]) if number)
    assert len(numbers) == 9
    serials = [int(number[-6:]) for number in numbers]
    assert serials == list(range(serials[0], serials[0] + 9))
    assert Case.objects.exclude(case_no=None).filter(organisation_id=at.place.id).count() == 9
