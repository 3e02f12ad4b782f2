"""A small week of the office: numbers without gaps, no room twice, every receipt accounted for, leave, a departure."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import accounts as people

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_small_week_is_accounted_for(monkeypatch: pytest.MonkeyPatch) -> None:
    city = people.organisation()
    county = people.organisation(parent=city)
    monkeypatch.setattr("config.management.commands.play_office.CITY", city.code)
    told = StringIO()
    call_command("play_office", places=f"{city.code},{county.code}", officials=12, documents=6, meetings=2, stdout=told)
    assert "4 out, 2 in, 4 numbers without a gap, 2 void" in told.getvalue()
    assert "16 attempts at one room, 14 refused" in told.getvalue()
    assert "leave: 3 granted, 1 refused, 1 back early, 1 cancelled, 3 times refused as taken" in told.getvalue()
    assert "one departure, 1 to-dos handed over" in told.getvalue()
