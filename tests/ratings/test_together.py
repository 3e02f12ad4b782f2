"""F26: twenty at once are one rating; and what screens show of ratings is what a new snapshot shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from backend.ratings.models import Rating, RatingChange, RatingReply
from backend.ratings.services import rate
from backend.ratings.types import RatingError
from kernel.errors import DomainError
from sms.services import receive_text
from tests.factories import accounts
from tests.factories.ratings import asked, relay
from tests.notifications.screens import caught_up, fresh


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one_rating() -> None:
    """App and SMS together: one row, a history without gaps, every loser told."""
    person = asked()
    actor = accounts.actor(person.person_id)

    def by_app(level: int) -> str:
        with closing(connection):
            try:
                rate(actor=actor, case_id=person.case_id, level=level)
            except DomainError as exc:
                return exc.code.code
            return "rated"

    def by_sms(number: int) -> str:
        with closing(connection):
            receive_text(sid=f"SM{number:032}", from_number=person.phone, to_number="+8610690000", text="4")
            relay()
            return "sent"

    with ThreadPoolExecutor(8) as pool:
        by_both = pool.map(by_app, [1, 2, 3, 5] * 3), pool.map(by_sms, range(8))
        answers = [*by_both[0], *by_both[1]]
    relay()
    rating = Rating.objects.get()
    assert answers.count("rated") <= 1
    assert answers.count("rated") + answers.count(RatingError.ALREADY_RATED.code) == 12
    history = list(RatingChange.objects.order_by("ordinal").values_list("ordinal", "level"))
    assert [ordinal for ordinal, _ in history] == list(range(1, rating.version + 1))
    assert history[-1][1] == rating.level
    assert RatingReply.objects.count() == 8


@pytest.mark.django_db
def test_screens_follow_everything_about_a_rating() -> None:
    """Invitation, bad rating, rectification, correction: snapshot + events = snapshot."""
    citizen = accounts.citizen(phone=(phone := accounts.mobile()))
    before, cursor = fresh(citizen)
    person = asked(phone=phone, person_id=citizen)
    person.answer("1 等太久")
    person.answer("5")
    after = caught_up(citizen, before, cursor)
    assert after == fresh(citizen)[0]
    assert {row["type"] for row in after["inbox"].values()} == {
        "case.closed",
        "rating.invited",
        "rating.received",
        "rating.rectification_opened",
        "rating.rectification_closed",
    }
