"""Entries of the knowledge base are looked through in a cycle: who owns one is told once when it is due (issue 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.inquiries.models import KnowledgeEntry
from backend.inquiries.services import knowledge
from backend.inquiries.types import EntryState
from backend.notifications.models import Notification
from kernel.actors import Actor
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


@pytest.fixture
def net() -> make.Net:
    return make.net()


def published(actor: Actor, net: make.Net, *, ours: bool = False) -> KnowledgeEntry:
    """An entry of the city's unit, or of the hotline itself."""
    said = knowledge.Wording("居住证办理", "办理居住证需要什么材料？", "身份证和居住证明。")
    owner = net.centre if ours else net.city.place
    made = knowledge.write_entry(actor=actor, owner_id=owner.id, wording_=said)
    return knowledge.set_entry_state(actor=actor, entry_id=made.id, version=made.version, state=EntryState.PUBLISHED)


def told(who: Actor) -> list[str]:
    rows = Notification.objects.filter(person_id=who.person_id, event_type="knowledge.review_due")
    return [row.link for row in rows]


def test_its_owner_is_told_once_a_cycle(net: make.Net, travel: Travel, deliver_events: Callable[[], int]) -> None:
    entry = published(net.city.handler, net)
    assert knowledge.tell_reviews_due() == 0
    travel(days=190)
    assert [knowledge.tell_reviews_due(), knowledge.tell_reviews_due()] == [1, 0]
    deliver_events()
    assert told(net.city.handler) == [f"/desk/knowledge/{entry.id}"]
    assert [told(net.county.handler), told(net.leader)] == [[], []]
    fresh = KnowledgeEntry.objects.get(pk=entry.id)
    again = knowledge.review_entry(actor=net.city.handler, entry_id=entry.id, version=fresh.version)
    assert again.review_due_on > fresh.review_due_on
    assert knowledge.tell_reviews_due() == 0


def test_the_hotline_s_own_are_its_leader_s(net: make.Net, travel: Travel, deliver_events: Callable[[], int]) -> None:
    entry = published(net.leader, net, ours=True)
    travel(days=190)
    knowledge.tell_reviews_due()
    deliver_events()
    assert told(net.leader) == [f"/desk/knowledge/{entry.id}"]
