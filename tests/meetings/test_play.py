"""Eight at once ask for one room and one gets it, whatever the threads do; a week's answers are all accounted for."""

from __future__ import annotations

import pytest

from backend.meetings import play
from tests.factories import accounts as people
from tests.factories import meetings

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_week_of_meetings_gives_no_room_twice_and_misses_no_answer() -> None:
    place = people.organisation()
    officials = [meetings.official(place) for _ in range(9)]
    played = play.play_week(officials, place.id, 3)
    assert played.faults == []
    assert len(played.meetings) == 3
    assert (played.attempts, played.refused) == (24, 21)
    assert sum(played.answers.values()) == 3 * len(officials)
    assert played.signed_in == play.Attendee.objects.exclude(signed_in_at=None).count() > 0
    assert played.decisions == 2
