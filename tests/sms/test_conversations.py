"""What people send to us and what comes of it: odd senders, odd words, refusals taken back; nobody is answered twice.

Several open questions of one number are in tests/ratings/test_replies.py, parts in wrong order in test_smpp.py.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.models import Delivery, OutboxEvent
from sms.models import InboundMessage, Message
from sms.selectors import inbound
from sms.services import queue_message
from sms.types import MessageState, Purpose
from tests.factories.ratings import asked, text_in, texts_to
from tests.factories.sms import random_case_no, random_mobile

pytestmark = pytest.mark.django_db


def invite(number: str) -> str:
    """A courtesy to this number; the state it is in."""
    message_id = queue_message(
        to=number,
        template="not_accepted",
        params={"case_no": random_case_no()},
        purpose=Purpose.BULK,
        reference=f"test:{random_case_no()}:{number}",
    )
    return Message.objects.values_list("state", flat=True).get(pk=message_id)


def answers(number: str) -> int:
    """How many texts are on their way to somebody."""
    return sum(row.to_number == number for row in Message.objects.all())


@pytest.mark.parametrize("word", ["退订", "TD", " td。", "【宿迁】退订", "stop"])
def test_a_refusal_holds_until_it_is_taken_back(word: str) -> None:
    """Courtesies stop at once, statutory notices never; the words that take it back open them again."""
    number = random_mobile()
    text_in(number, word)
    assert invite(number) == MessageState.FAILED
    assert Message.objects.get(to_index=_index(number)).reason == "opted_out"
    text_in(number, "恢复接收")
    assert invite(number) == MessageState.QUEUED


@pytest.mark.parametrize("word", ["我不想退订", "请问怎么退订？", "T恤", "R0"])
def test_words_around_it_are_no_refusal(word: str) -> None:
    """Only the whole message counts."""
    number = random_mobile()
    text_in(number, word)
    assert invite(number) == MessageState.QUEUED


@pytest.mark.parametrize("sender", ["0527-84389999", "+442071838750", "10086", "+85291234567", "1064899990001", "?"])
def test_who_cannot_get_texts_is_heard_and_not_answered(sender: str) -> None:
    """Landlines, foreign numbers, short codes, machines: kept as they came, no text back, no fault."""
    text_in(sender, "请问我的执照办好了吗？")
    assert inbound(InboundMessage.objects.get().pk).from_number == sender
    assert not Message.objects.exists()
    assert not Delivery.objects.filter(attempts__gt=0).exists()


@pytest.mark.parametrize("words", ["👍🏽👨‍👩‍👧‍👦", "宿" * 2000, "", "\u202e5\u202c", "5" + "\u200b" * 300, "a\r\nb\tc"])
def test_odd_words_are_kept_whole(words: str) -> None:
    """Emoji, 2,000 characters, nothing at all, invisible signs: kept word for word, told once, no fault."""
    number = random_mobile()
    text_in(number, words)
    assert inbound(InboundMessage.objects.get().pk).text == words
    assert OutboxEvent.objects.filter(type="sms.received").count() == 1
    assert not Delivery.objects.filter(attempts__gt=0).exists()
    assert answers(number) <= 1


def test_what_nobody_understands_is_answered_at_most_once_a_day(travel: Callable[..., None]) -> None:
    """However much somebody writes, and whatever; the next day once more at most."""
    person = asked()
    for number in range(12):
        person.answer(f"听不懂的话{number}")
    assert texts_to(person.phone).count("rating_help") == 1
    travel(hours=25)
    for number in range(3):
        person.answer(f"还是听不懂{number}")
    assert texts_to(person.phone).count("rating_help") <= 2
    stranger = random_mobile()
    for number in range(5):
        text_in(stranger, f"你好{number}")
    assert answers(stranger) <= 1


def _index(number: str) -> bytes:
    return bytes(next(row.from_index for row in InboundMessage.objects.all() if row.from_number == number))
