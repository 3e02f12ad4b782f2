"""Wordings: proposed, previewed with parts and cost, tried, approved; an organisation's own; the past stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kernel import clock
from kernel.errors import DomainError
from kernel.ids import uuid7
from sms import services
from sms.models import Message
from sms.types import Purpose, TemplateParam
from tests.factories.sms import queue_notice, random_case_no, random_mobile, send_due, texts_on_handset

pytestmark = pytest.mark.django_db
CASE_NO = (TemplateParam("case_no", 24, False),)


def proposed(text: str = "办件{case_no}依法不予受理。", **more: Any) -> Any:
    return services.propose_template_version(
        code="not_accepted", signature="宿迁政务", text=text, params=CASE_NO, effective_from=date(2020, 1, 1), **more
    )


def approve(version_id: Any) -> None:
    services.approve_proposed(version_id=version_id, approval_number="JS-2026-1", approved_at=clock.now())


def latest() -> str:
    return Message.objects.order_by("-id").values_list("text", flat=True)[0] or ""


def test_nobody_gets_a_wording_before_it_is_approved_and_what_was_sent_stays() -> None:
    queue_notice(random_mobile())
    old = latest()
    version_id = proposed()
    queue_notice(random_mobile())
    assert latest().startswith("【宿迁政务服务】")
    approve(version_id)
    queue_notice(random_mobile())
    assert latest().startswith("【宿迁政务】")
    assert Message.objects.order_by("id").first().text == old  # type: ignore[union-attr]
    with pytest.raises(LookupError):
        approve(version_id)


def test_an_organisation_has_a_wording_of_its_own() -> None:
    place = uuid7()
    approve(proposed("沭阳县：办件{case_no}不予受理。", organisation_id=place))

    def send(organisation_id: Any) -> str:
        services.queue_message(
            to=random_mobile(), template="not_accepted", params={"case_no": random_case_no()},
            purpose=Purpose.STATUTORY, reference=str(uuid7()), organisation_id=organisation_id,
        )  # fmt: skip
        return latest()

    assert "沭阳县" in send(place)
    assert "沭阳县" not in send(uuid7())
    assert "沭阳县" not in send(None)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("办件{case_no}{other}", CASE_NO),
        ("办件", CASE_NO),
        ("办件{case_no}【】", CASE_NO),
        ("办件{name}", (TemplateParam("name", 20, True),)),
    ],
)
def test_places_are_checked_when_a_wording_is_saved(text: str, params: tuple[TemplateParam, ...]) -> None:
    """Also against what senders fill: a wording that wants something else would stop its texts."""
    with pytest.raises(ValueError, match=r"."):
        services.propose_template_version(
            code="not_accepted", signature="宿迁政务", text=text, params=params, effective_from=date(2020, 1, 1)
        )


def test_a_preview_counts_parts_and_cost(settings: Any) -> None:
    settings.SMS_GATEWAYS = ["twilio", "smpp"]
    version_id = proposed("办件{case_no}不予受理。" + "理由见通知书。" * 10)
    found = services.preview(version_id=version_id, values={"case_no": "1" * 20})
    assert found.units == len(found.text) == 6 + 2 + 20 + 5 + 70
    assert found.parts == 2
    assert found.milli_yuan == {"twilio": 680, "smpp": 90}
    with pytest.raises(DomainError):
        services.preview(version_id=version_id, values={})


def test_a_proposed_wording_is_tried_on_one_phone(settings: Any) -> None:
    settings.SMS_GATEWAY, number = "handset", random_mobile()
    services.send_test(version_id=proposed(), to=number, values={"case_no": "1" * 20})
    assert send_due() == 1
    assert texts_on_handset(number) == ["【宿迁政务】办件" + "1" * 20 + "依法不予受理。"]
    assert Message.objects.get().give_up_at - clock.now() > timedelta(hours=71)
