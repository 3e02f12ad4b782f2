"""Signals for supervision: many alike, a topic or area above its mean, a unit that bounces; once a day each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.inquiries.models import SignalRule
from backend.inquiries.services import signals
from backend.inquiries.types import PlaceInfo
from kernel.models import OutboxEvent
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def net() -> make.Net:
    """Small thresholds, so that few orders are many."""
    for kind, threshold, factor in (("similar", 3, 0), ("unusual_topic", 3, 2.0), ("bouncing_unit", 2, 0)):
        SignalRule.objects.filter(kind=kind).update(threshold=threshold, factor=factor)
    return make.net()


def kinds() -> list[str]:
    rows = OutboxEvent.objects.filter(type="inquiry.signalled")
    return sorted(row.data["kind"] for row in rows)


def test_many_alike_and_more_than_usual(net: make.Net, travel: Callable[..., None]) -> None:
    for _ in range(2):
        make.called(net)
    assert signals.sweep() == 0
    make.called(net)
    assert signals.sweep() == 2
    assert signals.sweep() == 0
    assert kinds() == ["similar", "unusual_topic"]


def test_what_is_usual_is_no_signal(net: make.Net, travel: Callable[..., None]) -> None:
    SignalRule.objects.filter(kind="unusual_topic").update(factor=0.5, hours=24 * 7)
    for _ in range(40):
        make.called(net)
    travel(days=9)
    for _ in range(4):
        make.called(net)
    signals.sweep()
    assert "unusual_topic" not in kinds()


def test_an_area_out_of_its_usual_range(net: make.Net) -> None:
    SignalRule.objects.filter(kind="unusual_area").update(threshold=4, factor=2.0)
    for words in ("幸福路路灯不亮", "垃圾三天没有清运", "解放路井盖缺失", "小区停水两天了"):
        make.called(net, words)
    make.called(net, "公交车等候时间太长", place=PlaceInfo("项王路", "321302"))
    signals.sweep()
    told = OutboxEvent.objects.filter(type="inquiry.signalled", data__kind="unusual_area")
    assert [(row.data["area_code"], row.data["count"]) for row in told] == [("321322", 4)]


def test_a_unit_that_bounces(net: make.Net) -> None:
    for _ in range(2):
        order = make.called(net)
        make.dispatched(net, order)
        make.act(net.city.handler, order, "request_return", reason_code="not_our_duty", clause="三定", note="非职责")
    signals.sweep()
    assert "bouncing_unit" in kinds()
