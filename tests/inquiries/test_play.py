"""A scripted day ends with each order explained by its journal, and every exit was taken; no transition drops a field
that it does not own, whatever is done in whatever order (property)."""

from __future__ import annotations

import random
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from backend.inquiries import play
from backend.inquiries.models import Order
from backend.inquiries.rules import states
from backend.inquiries.services import acting, common
from backend.inquiries.types import Action, ActRequest, State
from kernel.actors import Actor, ActorKind, Grant
from kernel.errors import DomainError
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
KEPT = {"version", "updated_at"}
SYNCED = {"is_open"}


def test_a_day_is_explained_by_its_journal_and_takes_every_exit() -> None:
    out = StringIO()
    call_command("play_hotline", orders=len(play.WAYS), stdout=out)
    text = out.getvalue()
    assert f"{len(play.WAYS)} orders, each explained by its journal" in text
    for exit_ in ("closed", "cancelled", "transferred", "registered"):
        assert exit_ in text or State(exit_) is State.REGISTERED
    for outcome in ("satisfied", "unsatisfied", "unreachable", "answered_directly", "cancelled", "transferred", "open"):
        assert outcome in text, text
    for channel in ("call", "app", "web", "sms", "mailbox"):
        assert f"{channel} " in text


@pytest.mark.django_db(transaction=True)
def test_the_play_needs_no_transaction_around_it() -> None:
    _, played = play.play_day(1)
    assert Order.objects.get(pk=played[0]).order_no


def test_a_gap_in_the_journal_is_found() -> None:
    stage, played = play.play_day(1)
    auditor = Actor(ActorKind.OFFICIAL, grants=frozenset({Grant("auditor", stage.centre.id, stage.centre.path)}))
    assert play.explained(auditor, played[0]) == []
    Order.objects.filter(pk=played[0]).update(state="processing")
    assert play.explained(auditor, played[0])


def _row(order: Order) -> dict[str, Any]:
    return Order.objects.filter(pk=order.pk).values().get()


def _fields(net: make.Net, rng: random.Random) -> dict[str, Any]:
    """Something for every field that any act may need; which are read is the act's affair."""
    units = [net.city, net.county, net.township]
    return {
        "note": "理由",
        "text": f"办理情况 {rng.random():.12f} {'很详细' * rng.randint(1, 9)}",
        "law_basis": "条例",
        "resolution": rng.choice(["solved", "explained", "planned"]),
        "reason_code": rng.choice(["not_our_duty", "withdrawn", "petition"]),
        "clause": "三定",
        "unit_id": rng.choice(units).place.id,
        "assist_ids": (rng.choice(units).place.id,) if rng.random() < 0.4 else (),
        "days": rng.randint(1, 3),
        "urgency": rng.choice(["", "urgent", "complex"]),
        "topic_code": rng.choice(["", "utility.water"]),
        "heavy": rng.choice([None, True, False]),
        "reached": rng.random() < 0.7,
        "contacted": True,
        "solved": rng.random() < 0.5,
        "satisfied": rng.random() < 0.5,
    }


@pytest.mark.parametrize("seed", range(6))
def test_no_transition_drops_a_field_it_does_not_own(seed: int) -> None:
    rng, net = random.Random(seed), make.net()
    order = make.asked(make.citizen())
    people = [net.operator, net.dispatcher, net.leader, net.office]
    people += [post for unit in (net.city, net.county, net.township) for post in (unit.handler, unit.head)]
    done: set[str] = set()
    for _ in range(220):
        actor, action = rng.choice(people), rng.choice(list(acting.ACTS))
        if action in {Action.MERGE, Action.CANCEL, Action.TRANSFER, Action.ANSWER_DIRECTLY} and rng.random() < 0.97:
            continue
        before = _row(order)
        try:
            with transaction.atomic():
                request = ActRequest(action, **_fields(net, rng))
                acting.act(actor=actor, order_id=order.id, version=None, request=request)
        except DomainError:
            assert _row(order) == before, f"{action} was refused and changed something"
            continue
        after = _row(order)
        changed = {name for name in after if after[name] != before[name]} - KEPT
        assert changed <= states.RULES[action].owns | SYNCED, f"{action} changed {changed - states.RULES[action].owns}"
        assert after["version"] > before["version"]
        assert State(before["state"]) in states.RULES[action].states
        assert after["is_open"] == (State(after["state"]) not in states.ENDED)
        done.add(action)
    assert len(done) >= 3, done


def test_an_act_that_writes_what_it_does_not_own_is_stopped() -> None:
    net = make.net()
    order = make.asked(make.citizen())
    with transaction.atomic():
        change = common.Change(common.locked(order.id), net.operator, Action.SIGN)
        with pytest.raises(AssertionError, match="does not own"):
            change.set(unit_name="别的单位")
