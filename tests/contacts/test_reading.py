"""Nobody copies the book by hand: so many different people a day, and a refusal that says when it ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from backend.accounts.types import Role
from backend.contacts import services
from backend.contacts.models import ContactPolicy, Reading
from backend.contacts.services import Way
from backend.contacts.types import ContactError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from tests.factories import accounts as people
from tests.factories import sessions
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ceiling() -> None:
    ContactPolicy.objects.create(effective_from=clock.today(), daily_cards=3, daily_changes=5)


@pytest.fixture
def reader() -> Actor:
    return people.actor(people.official(Role.REVIEWER))


def test_different_people_count_once_a_day_and_oneself_never(reader: Actor) -> None:
    first, second, third, fourth = (uuid4() for _ in range(4))
    for _ in range(3):
        services.note_reading(actor=reader, card_ids=[first, second, reader.person_id], way=Way.CARDS)
    services.note_reading(actor=reader, card_ids=[third], way=Way.CARDS)
    with pytest.raises(DomainError) as caught:
        services.note_reading(actor=reader, card_ids=[first, fourth], way=Way.CARDS)
    assert caught.value.code is ContactError.ENOUGH_TODAY
    services.note_reading(actor=reader, card_ids=[first, second, third], way=Way.CARDS)
    assert Reading.objects.get().cards == 3


def test_what_the_phone_keeps_already_costs_nothing_by_hand(reader: Actor) -> None:
    book = [uuid4() for _ in range(5)]
    services.note_reading(actor=reader, card_ids=book, way=Way.CHANGES)
    services.note_reading(actor=reader, card_ids=book, way=Way.CARDS)
    services.note_reading(actor=reader, card_ids=[uuid4() for _ in range(3)], way=Way.CARDS)
    with pytest.raises(DomainError):
        services.note_reading(actor=reader, card_ids=[uuid4()], way=Way.CHANGES)


def test_the_next_day_begins_anew_and_the_day_before_is_forgotten(reader: Actor) -> None:
    services.note_reading(actor=reader, card_ids=[uuid4() for _ in range(3)], way=Way.CARDS)
    with clock.shifted(timedelta(days=1)):
        services.note_reading(actor=reader, card_ids=[uuid4() for _ in range(3)], way=Way.CARDS)
        assert services.forget_readings() == 1
        assert Reading.objects.count() == 1


def test_the_refusal_says_when_it_ends_and_opens_nothing() -> None:
    place = people.organisation()
    api = Api(sessions.official(Role.REVIEWER, place))
    ids = [people.official(Role.REVIEWER, place) for _ in range(5)]
    services.refresh_all()
    assert [api.get(f"/contacts/{one}").status_code for one in ids] == [200, 200, 200, 429, 429]
    refused = api.get("/contacts", unit_id=str(place.id))
    body = refused.json()
    assert (refused.status_code, body["code"]) == (429, "contact_enough_today")
    until = body["until"]
    assert until.startswith(f"{clock.today() + timedelta(days=1)}T00:00:00")
    assert 0 < int(refused["Retry-After"]) <= 86_401
    assert f"{until[:10]} 00:00" in body["detail"]
    # The phone's own book has a ceiling of its own; what is in it is open by hand as well.
    assert len(api.get("/contacts/changes").json()["items"]) == 6
    assert api.get("/contacts", unit_id=str(place.id)).status_code == 200


def test_a_page_holds_fifty_at_most() -> None:
    api = Api(sessions.official(Role.REVIEWER))
    services.refresh_all()
    assert api.get("/contacts", limit=50).status_code == 200
    assert api.get("/contacts", limit=51).status_code == 400
