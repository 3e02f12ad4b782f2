"""`manage.py play_tender`: from notice to contract notice, every promise kept, nothing left behind."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backend.tenders.models import Project, Section
from backend.tenders.types import SectionState
from kernel import clock
from tests.factories import tenders as make


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [False, True])
def test_the_played_tender_keeps_its_promises(keep: bool) -> None:
    """It happened in the weeks before today: others' deadlines have not come, and nothing kept lies in the future."""
    out, other = io.StringIO(), make.called()
    call_command("play_tender", keep=keep, stdout=out)
    text = out.getvalue()
    assert "✗" not in text
    assert text.splitlines()[-1] == f"{text.count('✓')} promises kept"
    assert text.count("✓") >= 18
    assert Project.objects.filter(name="幸福路改造工程", state="contracted").exists() == keep
    assert other.section.state == SectionState.BIDDING
    for played in Section.objects.filter(project__name="幸福路改造工程"):
        moments = [played.bids_until, played.opened_at, played.project.first_published_at]
        moments += played.project.notices.values_list("published_at", flat=True)
        assert max(moment for moment in moments if moment) < clock.now()


def test_not_in_production(settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(CommandError):
        call_command("play_tender")
