"""F25 and F26: replies by SMS. One effective rating a case, the last within a day counts, all kept, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.notifications.services import change_preferences
from backend.ratings import selectors
from backend.ratings.models import Invitation, Rating, RatingChange, RatingPolicy, RatingReply
from backend.ratings.services import rate, send_waiting
from backend.ratings.types import InvitationState, NoText, RatingError, ReplyFate
from kernel.errors import DomainError
from kernel.models import Delivery, OutboxEvent
from sms.models import Message, TemplateVersion
from tests.factories import accounts
from tests.factories.ratings import Asked, asked, relay, text_in, texts_to

pytestmark = pytest.mark.django_db


def level_of(person: Asked) -> int | None:
    """The rating that counts."""
    return Rating.objects.filter(case_id=person.case_id).values_list("level", flat=True).first()


def fates(person: Asked) -> list[str]:
    """What became of each reply."""
    return list(
        RatingReply.objects.filter(invitation__case_id=person.case_id)
        .order_by("received_at", "id")
        .values_list("fate", flat=True)
    )


@pytest.fixture
def many_a_day(db: None) -> None:
    """A policy that lets a number be asked several times a day."""
    RatingPolicy.objects.update(invitations_per_day=5)


def test_a_closed_case_is_asked_about_once() -> None:
    """The text says how to answer, that it is voluntary and free, and the window; from our number with extension."""
    person = asked()
    message = Message.objects.get(purpose="bulk")
    assert person.case_no in (message.text or "")
    assert "自愿参与" in (message.text or "")
    assert "72小时" in (message.text or "")
    assert message.extension == person.invitation.extension
    assert 2 <= len(message.extension) <= 4
    assert OutboxEvent.objects.filter(type="rating.invited").count() == 1
    assert (level_of(person), person.invitation.state) == (None, InvitationState.OPEN)


def test_five_counts_and_is_thanked_once() -> None:
    """The main job's end."""
    person = asked()
    person.answer("5")
    assert level_of(person) == 5
    assert texts_to(person.phone) == ["rating_invitation", "rating_thanks"]
    person.answer("5")
    assert level_of(person) == 5
    assert texts_to(person.phone) == ["rating_invitation", "rating_thanks"]
    assert OutboxEvent.objects.filter(type="rating.received").count() == 1


def test_the_comment_is_kept_encrypted() -> None:
    """After a separator; not in clear in the table."""
    person = asked()
    person.answer("4，窗口同志很热情")
    rating = Rating.objects.get(case_id=person.case_id)
    assert (rating.level, rating.comment) == (4, "窗口同志很热情")
    event = OutboxEvent.objects.get(type="rating.received")
    assert "热情" not in str(event.data)


def test_the_last_within_a_day_counts_and_all_are_kept(travel: Callable[..., None]) -> None:
    """1 s and 2 h later: corrected. After 24 hours: kept, without effect."""
    person = asked()
    person.answer("2 等太久")
    travel(seconds=1)
    person.answer("3")
    travel(hours=2)
    person.answer("满意")
    assert level_of(person) == 4
    travel(hours=22)
    person.answer("1")
    assert level_of(person) == 4
    assert fates(person) == ["counted", "counted", "counted", "too_late_to_change"]
    assert list(RatingChange.objects.order_by("ordinal").values_list("level", flat=True)) == [2, 3, 4]


@pytest.mark.parametrize(("seconds", "fate"), [(-1, ReplyFate.COUNTED), (1, ReplyFate.LATE)])
def test_the_edge_of_the_window(travel: Callable[..., None], seconds: int, fate: str) -> None:
    """One second before counts; one second after is kept, marked, not counted, and answered once."""
    person = asked()
    ends = person.invitation.window_ends_at
    travel(to=ends)
    travel(seconds=seconds - 0.2)
    person.answer("5")
    assert fates(person) == [fate]
    assert level_of(person) == (5 if fate == ReplyFate.COUNTED else None)
    if fate == ReplyFate.LATE:
        person.answer("4")
        assert texts_to(person.phone).count("rating_late") == 1
        assert fates(person) == ["late", "late"]


def test_another_number_changes_nothing_and_learns_nothing() -> None:
    """No rating, no reply kept, no answer."""
    person = asked()
    stranger = accounts.mobile()
    person.answer("1", sender=stranger)
    assert level_of(person) is None
    assert not RatingReply.objects.exists()
    assert texts_to(stranger) == []


@pytest.mark.parametrize("form", ["{}", "+86{}", "0086{}", "86 {}", "+86 {}"])
def test_the_number_in_any_form(form: str) -> None:
    """With country code, without, with blanks."""
    person = asked()
    national = person.phone.removeprefix("+86")
    spelled = form.format(f"{national[:3]} {national[3:7]}-{national[7:]}" if " " in form else national)
    person.answer("5", sender=spelled)
    assert level_of(person) == (None if spelled.startswith("86 ") else 5)


@pytest.mark.usefixtures("many_a_day")
def test_two_open_cases_are_asked_apart() -> None:
    """Without an extension nobody can tell: the code is asked for once, nothing is assigned until it comes."""
    first = asked(case_no="32130020261123000187")
    second = asked(phone=first.phone, person_id=first.person_id, case_no="32130020261123004321")
    assert first.invitation.extension != second.invitation.extension
    first.answer("5", extension=False)
    first.answer("非常不满意", extension=False)
    assert level_of(first) is level_of(second) is None
    assert texts_to(first.phone).count("rating_which") == 1
    first.answer("0187 5", extension=False)
    first.answer("4321，不满意", extension=False)
    assert (level_of(first), level_of(second)) == (5, 2)
    first.answer("9999 5", extension=False)
    assert (level_of(first), level_of(second)) == (5, 2)


@pytest.mark.usefixtures("many_a_day")
def test_the_extension_names_the_case() -> None:
    """Two people on one phone: each reply goes to the case it answers."""
    phone = accounts.mobile()
    first = asked(phone=phone)
    other_person = accounts.citizen()
    second = asked(phone=phone, person_id=first.person_id)
    assert other_person != first.person_id
    second.answer("3")
    first.answer("5")
    assert (level_of(first), level_of(second)) == (5, 3)


def test_one_open_case_needs_no_extension() -> None:
    """Carriers that drop it."""
    person = asked()
    person.answer("5", extension=False)
    assert level_of(person) == 5


def test_garbage_gets_one_help_text(travel: Callable[..., None]) -> None:
    """Once for the invitation, then silence; never a default."""
    person = asked()
    for text in ("6", "10分", "不太满意", "", "👍", "x" * 1600, "' OR 1=1 --"):
        person.answer(text)
    travel(hours=25)
    person.answer("7")
    assert level_of(person) is None
    assert texts_to(person.phone) == ["rating_invitation", "rating_help"]
    assert set(fates(person)) == {"not_understood"}
    assert not Delivery.objects.filter(attempts__gt=0).exists()


@pytest.mark.usefixtures("many_a_day")
def test_an_answering_machine_is_not_fed() -> None:
    """One help text a number and day, whatever the number of cases."""
    first = asked()
    second = asked(phone=first.phone, person_id=first.person_id)
    first.answer("自动回复：我在开会")
    second.answer("自动回复：我在开会")
    assert texts_to(first.phone).count("rating_help") == 1


def test_digit_and_word_that_disagree_are_asked_once() -> None:
    """Nothing counts until they agree."""
    person = asked()
    person.answer("1非常满意")
    person.answer("5不满意")
    assert level_of(person) is None
    assert texts_to(person.phone) == ["rating_invitation", "rating_conflict"]
    person.answer("5非常满意")
    assert level_of(person) == 5


def test_the_digits_mean_what_was_asked() -> None:
    """Where 1 is best, as the invitation's wording said at the time."""
    TemplateVersion.objects.filter(template__code="rating_invitation").update(
        reply_map={"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}
    )
    person = asked()
    TemplateVersion.objects.filter(template__code="rating_invitation").update(reply_map={"5": 5})
    person.answer("1")
    assert level_of(person) == 5


def test_a_bad_rating_is_asked_for_a_reason_once() -> None:
    """The next words are the reason; it is not asked again."""
    person = asked()
    person.answer("1")
    assert texts_to(person.phone) == ["rating_invitation", "rating_reason"]
    person.answer("跑了三趟，每次缺的材料都不一样")
    rating = Rating.objects.get(case_id=person.case_id)
    assert (rating.level, rating.comment) == (1, "跑了三趟，每次缺的材料都不一样")
    assert fates(person) == ["counted", "reason"]
    person.answer("还有态度不好")
    assert texts_to(person.phone).count("rating_reason") == 1
    assert fates(person)[-1] == "not_understood"


def test_a_bad_rating_with_a_comment_is_not_pressed() -> None:
    """The reason is there already."""
    person = asked()
    person.answer("2 等了三个小时")
    assert texts_to(person.phone) == ["rating_invitation", "rating_thanks"]


def test_opting_out_ends_all_of_it() -> None:
    """No thanks, no further invitations; the app stays open for rating."""
    person = asked()
    person.answer("退订")
    assert level_of(person) is None
    assert fates(person) == ["opted_out"]
    assert texts_to(person.phone) == ["rating_invitation"]
    later = asked(phone=person.phone, person_id=person.person_id)
    RatingPolicy.objects.update(invitations_per_day=5)
    again = asked(phone=person.phone, person_id=person.person_id)
    assert again.invitation.no_text == NoText.CONSENT_WITHDRAWN
    assert later.invitation.state == InvitationState.WAITING
    assert selectors.may_rate(accounts.actor(person.person_id), again.case_id)


def test_the_same_text_twice_is_one() -> None:
    """F17: a replayed webhook has no effect."""
    person = asked()
    for _ in range(3):
        person.answer("5", sid="SM" + "a" * 32)
    assert fates(person) == ["counted"]


def test_app_and_sms_are_one_rating(travel: Callable[..., None]) -> None:
    """By app first: an SMS within the day corrects it. By SMS first: the app finds it there."""
    person = asked()
    rate(actor=accounts.actor(person.person_id), case_id=person.case_id, level=3, tags=["attitude"])
    travel(hours=1)
    person.answer("4")
    assert Rating.objects.count() == 1
    assert level_of(person) == 4
    other = asked()
    other.answer("5")
    with pytest.raises(DomainError) as refused:
        rate(actor=accounts.actor(other.person_id), case_id=other.case_id, level=1)
    assert refused.value.code is RatingError.ALREADY_RATED
    assert level_of(other) == 5


def test_at_most_one_invitation_a_number_and_day(travel: Callable[..., None]) -> None:
    """The second waits for the next day, and is not sent when the case has been rated by then."""
    first = asked()
    second = asked(phone=first.phone, person_id=first.person_id)
    third = asked(phone=first.phone, person_id=first.person_id)
    assert texts_to(first.phone) == ["rating_invitation"]
    assert second.invitation.state == InvitationState.WAITING
    rate(actor=accounts.actor(first.person_id), case_id=third.case_id, level=5)
    travel(days=1)
    assert send_waiting() == 2
    assert texts_to(first.phone) == ["rating_invitation"] * 2
    assert second.invitation.asked_at is not None
    assert third.invitation.no_text == NoText.ALREADY_RATED


def test_nobody_is_asked_against_their_will_or_without_a_number() -> None:
    """Switched off in the preferences; no mobile number."""
    official = accounts.official()
    silent = asked(person_id=official)
    assert silent.invitation.no_text == NoText.NO_NUMBER
    citizen = accounts.citizen()
    change_preferences(actor=accounts.actor(citizen), version=0, change={"rating": {"sms": False}})
    unwilling = asked(person_id=citizen)
    assert unwilling.invitation.no_text == NoText.CONSENT_WITHDRAWN
    assert not Message.objects.filter(purpose="bulk").exists()


def test_no_answer_is_no_rating(travel: Callable[..., None]) -> None:
    """Weeks later there is still none, and the figures say so."""
    person = asked()
    travel(days=40)
    send_waiting()
    relay()
    assert level_of(person) is None
    found = selectors.figures(
        organisation_ids=[person.organisation.id],
        since=person.invitation.closed_at,
        until=person.invitation.window_ends_at,
    )
    assert (found.closed, found.invited, found.rated) == (1, 1, 0)
    assert (found.satisfaction, found.participation) == (None, 0.0)


def test_a_text_to_us_that_answers_nothing_is_left_to_others() -> None:
    """Never asked: no reply kept, nobody answered."""
    text_in(accounts.mobile(), "5")
    assert not RatingReply.objects.exists()
    assert not Message.objects.exists()
    assert not Invitation.objects.exists()


def test_a_reply_long_after_the_window_of_an_old_case_is_only_kept(travel: Callable[..., None]) -> None:
    """Late, once answered; words that are no rating are not ours to answer."""
    person = asked()
    travel(days=10)
    person.answer("请问什么时候发证")
    assert not RatingReply.objects.exists()
    person.answer("5", extension=False)
    assert fates(person) == ["late"]
    assert level_of(person) is None
