"""Queueing: one reference is one message, in the caller's transaction; limits and refusals hold (domain.md 9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from kernel.clock import SHANGHAI
from kernel.errors import DomainError
from kernel.models import OutboxEvent
from sms import selectors
from sms.models import Message, NumberLimit, Policy, TemplateVersion
from sms.rules.text import check_template, parts, units
from sms.services import opt_in, opt_out, queue_message
from sms.services.policies import template_info
from sms.types import MessageState, Purpose
from tests.factories.sms import queue_notice, random_case_no

pytestmark = pytest.mark.django_db


def test_the_same_reference_is_the_same_message(number: str) -> None:
    first = queue_notice(number, reference="case:1:accepted")
    again = queue_notice(number, reference="case:1:accepted")
    assert first == again
    assert Message.objects.count() == 1
    with pytest.raises(DomainError) as refusal:
        queue_notice("+8613900000000", reference="case:1:accepted")
    assert refusal.value.code.code == "sms_reference_reused"


def test_a_rollback_takes_the_message_and_the_count_with_it(number: str) -> None:
    with transaction.atomic():
        queue_notice(number)
        assert NumberLimit.objects.exists()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not NumberLimit.objects.exists()


def test_number_and_text_stand_encrypted(number: str) -> None:
    message_id = queue_notice(number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_number, text, to_masked FROM sms_message WHERE id = %s", [message_id])
        sealed_number, sealed_text, masked = cursor.fetchone()
    assert number[3:].encode() not in bytes(sealed_number)
    assert "办件".encode() not in bytes(sealed_text)
    assert masked == f"{number[3:6]}****{number[-4:]}"
    assert Message.objects.get(pk=message_id).to_number == number


def test_bulk_stops_at_an_opt_out_and_a_statutory_notice_does_not(number: str) -> None:
    opt_out(number=number, source="test")
    opt_out(number=number, source="test")
    stopped = selectors.message(queue_notice(number, purpose=Purpose.BULK))
    assert stopped
    assert (stopped.state, stopped.reason) == (MessageState.FAILED, "opted_out")
    told = OutboxEvent.objects.get(type="sms.message_finished")
    assert told.data["reason"] == "opted_out"
    assert number[-8:] not in str(told.data)
    notice = selectors.message(queue_notice(number))
    assert notice
    assert notice.state is MessageState.QUEUED
    opt_in(number=number)
    back = selectors.message(queue_notice(number, purpose=Purpose.BULK))
    assert back
    assert back.state is MessageState.QUEUED


def test_over_the_limit_bulk_fails_and_statutory_waits(number: str, settings: Any) -> None:
    settings.SMS_QUIET_HOURS_OFF = True
    Policy.objects.update(hourly_limit=2)
    for purpose in (Purpose.BULK, Purpose.STATUTORY):
        ids = [queue_notice(number, purpose=purpose) for _ in range(3)]
        last = Message.objects.get(pk=ids[-1])
        if purpose is Purpose.BULK:
            assert (last.state, last.reason) == ("failed", "number_limit")
        else:
            assert last.state == "queued"
            assert last.due_at > Message.objects.get(pk=ids[0]).due_at
            assert last.due_at.minute == last.due_at.second == 0
    assert NumberLimit.objects.filter(window="hour").values_list("used", flat=True).distinct().get() == 2


@pytest.mark.parametrize(("purpose", "hour"), [(Purpose.STATUTORY, 8), (Purpose.BULK, 8), (Purpose.OTP, 22)])
def test_quiet_hours_hold_back_all_but_codes(purpose: Purpose, hour: int, number: str, travel, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SMS_QUIET_HOURS_OFF = False
    travel(to=datetime(2026, 11, 25, 22, 30, tzinfo=SHANGHAI))
    message = Message.objects.get(pk=queue_notice(number, purpose=purpose))
    assert message.due_at.astimezone(SHANGHAI).hour == hour


@pytest.mark.parametrize("to", ["", "0527-84366666", "+85291234567", "10648123456789"])
def test_numbers_that_get_no_texts(to: str) -> None:
    with pytest.raises(DomainError) as refusal:
        queue_notice(to)
    assert refusal.value.code.code == "sms_number_not_allowed"


def test_unknown_unapproved_and_future_templates(number: str) -> None:
    with pytest.raises(DomainError) as refusal:
        queue_message(to=number, template="nothing", params={}, purpose=Purpose.OTP, reference="r")
    assert refusal.value.code.code == "sms_template_not_found"
    version = TemplateVersion.objects.get(template__code="not_accepted")
    TemplateVersion.objects.create(
        template=version.template,
        number=2,
        signature="宿迁政务服务",
        text="新文本{case_no}",
        params=version.params,
        effective_from="2099-01-01",
        approved_at=version.approved_at,
    )
    TemplateVersion.objects.create(
        template=version.template, number=3, signature="宿迁政务服务", text="未批准", effective_from="2020-01-01"
    )
    assert selectors.template("not_accepted").version == 1


def test_every_seeded_text_fits_its_parameters() -> None:
    versions = TemplateVersion.objects.select_related("template")
    assert versions.count() >= 20
    for version in versions:
        info = template_info(version)
        check_template(info.signature, info.text, info.params)
        longest = units(f"【{info.signature}】{info.text}") + sum(p.max_length for p in info.params)
        assert longest <= 500


def test_sample_texts_of_the_domain_have_their_length(number: str) -> None:
    samples = [
        ("accepted", {"power_name": "食品经营许可", "accepted_on": "11月25日", "due_on": "12月6日"}, 65, 1),
        ("supplement", {"count": "2"}, 71, 2),
        ("not_accepted", {}, 64, 1),
        ("extended", {"days": "10", "due_on": "12月20日"}, 64, 1),
        ("finished", {"result": "准予许可"}, 59, 1),
    ]
    for code, values, length, count in samples:
        message_id = queue_message(
            to=number,
            template=code,
            params={"case_no": "32130020131125000187", **values},
            purpose=Purpose.STATUTORY,
            reference=code,
        )
        message = Message.objects.get(pk=message_id)
        assert (units(message.text or ""), message.parts) == (length, count), code
        assert parts(message.text or "") == count


def test_reply_map_comes_with_the_wording() -> None:
    assert selectors.template("rating_invitation").reply_map == {"5": 5, "4": 4, "3": 3, "2": 2, "1": 1}
    assert random_case_no().isdigit()
