"""The operators' API: system managers see figures and the stories of their own organisation's texts, others nothing."""

from __future__ import annotations

from uuid import UUID

import pytest

from backend.accounts.types import OrganisationInfo, Role
from backend.journal.models import JournalLine
from sms.models import Message
from sms.services import queue_message
from sms.types import Purpose
from tests.factories import accounts, cases, sessions
from tests.factories.cases import Api
from tests.factories.sms import random_case_no, random_mobile

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> OrganisationInfo:
    """A county's department."""
    return accounts.organisation()


@pytest.fixture
def manager(place: OrganisationInfo) -> Api:
    """Who runs the system there."""
    return Api(sessions.official(Role.SYSTEM_MANAGER, place))


@pytest.fixture
def text_id(place: OrganisationInfo) -> UUID:
    """A text sent for the department."""
    return queue_message(
        to=random_mobile(),
        template="not_accepted",
        params={"case_no": random_case_no()},
        purpose=Purpose.STATUTORY,
        reference="test:api",
        organisation_id=place.id,
    )


def test_the_figures(manager: Api, text_id: UUID) -> None:
    Message.objects.update(state="queued")
    body = manager.get("/operations/channels").json()
    assert set(body) >= {"texts", "carriers", "changes", "pushes", "webhooks", "events", "queues"}
    assert body["carriers"][0]["circuit"] == "closed"


def test_a_story_and_who_looked(manager: Api, text_id: UUID) -> None:
    story = manager.get(f"/operations/texts/{text_id}").json()
    assert story["reference"] == "test:api"
    assert "****" in story["to_masked"]
    assert JournalLine.objects.filter(action="operations.text_read", subject_id=text_id).count() == 1


def test_a_retry_by_hand(manager: Api, text_id: UUID) -> None:
    Message.objects.update(state="failed", reason="gave_up")
    assert manager.post(f"/operations/texts/{text_id}/retry").json() == {"retried": True}
    Message.objects.update(state="accepted")
    assert manager.post(f"/operations/texts/{text_id}/retry").json() == {"retried": False}


def test_others_see_nothing(place: OrganisationInfo, text_id: UUID) -> None:
    """Citizens and other officials, and the system manager of another department."""
    before = JournalLine.objects.filter(action__startswith="operations.").count()
    callers = {
        "citizen": (cases.citizen(), 403),
        "clerk": (Api(sessions.official(Role.WINDOW_CLERK, place)), 403),
        "elsewhere": (Api(sessions.official(Role.SYSTEM_MANAGER, accounts.organisation())), 200),
        "anonymous": (Api(), 401),
    }
    for name, (api, figures) in callers.items():
        hidden = 401 if name == "anonymous" else 404
        assert api.get("/operations/channels").status_code == figures, name
        assert api.get(f"/operations/texts/{text_id}").status_code == hidden, name
        assert api.post(f"/operations/texts/{text_id}/retry").status_code == hidden, name
    assert JournalLine.objects.filter(action__startswith="operations.").count() == before
    assert set(Message.objects.values_list("failures", flat=True)) == {0}
