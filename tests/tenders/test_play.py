"""`manage.py play_tender`: from notice to contract notice, every promise kept, nothing left behind."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backend.tenders.models import Project


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [False, True])
def test_the_played_tender_keeps_its_promises(keep: bool) -> None:
    out = io.StringIO()
    call_command("play_tender", keep=keep, stdout=out)
    text = out.getvalue()
    assert "✗" not in text
    assert text.splitlines()[-1] == f"{text.count('✓')} promises kept"
    assert text.count("✓") >= 18
    assert Project.objects.filter(name="幸福路改造工程", state="contracted").exists() == keep


def test_not_in_production(settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(CommandError):
        call_command("play_tender")
