"""Lists of texts, retries of many, wordings, partners: who may, what it says, what it costs in queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.accounts.types import OrganisationInfo, Role
from backend.journal.models import JournalLine
from backend.partners import services as partners
from backend.partners.models import Endpoint, Partner, Webhook
from kernel import clock
from kernel.ids import uuid7
from sms.models import Message, TemplateVersion
from sms.services import queue_message
from sms.types import Purpose
from tests.factories import accounts, cases, sessions
from tests.factories.cases import Api
from tests.factories.sms import random_case_no, random_mobile

pytestmark = pytest.mark.django_db


@pytest.fixture
def top() -> OrganisationInfo:
    """The city."""
    return accounts.organisation()


@pytest.fixture
def place(top: OrganisationInfo) -> OrganisationInfo:
    """A department."""
    return accounts.organisation(parent=top)


@pytest.fixture
def manager(place: OrganisationInfo) -> Api:
    """Who runs the system there."""
    return Api(sessions.official(Role.SYSTEM_MANAGER, place))


@pytest.fixture
def city(top: OrganisationInfo) -> Api:
    """Who runs the system of the whole city."""
    return Api(sessions.official(Role.SYSTEM_MANAGER, top))


def text(place: OrganisationInfo | None, number: str = "", **state: Any) -> UUID:
    """A text in some state."""
    message_id = queue_message(
        to=number or random_mobile(),
        template="not_accepted",
        params={"case_no": random_case_no()},
        purpose=Purpose.STATUTORY,
        reference=f"test:{uuid7()}",
        organisation_id=place.id if place else None,
    )
    Message.objects.filter(pk=message_id).update(**state)
    return message_id


def ids(answer: Any) -> list[str]:
    """Ids of a list, in its order."""
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["items"]]


def test_groups_and_own_organisations_only(manager: Api, city: Api, place: OrganisationInfo) -> None:
    """A department's manager sees the department's, the city's all; each group what it says."""
    waiting, failing = text(place), text(place, state="retrying", failures=2)
    failed = text(place, state="failed", reason="gave_up", finished_at=clock.now())
    foreign, nobodys = text(accounts.organisation()), text(None)
    assert ids(manager.get("/operations/texts")) == [str(failed), str(failing), str(waiting)]
    assert ids(manager.get("/operations/texts", group="waiting")) == [str(failing), str(waiting)]
    assert ids(manager.get("/operations/texts", group="failing")) == [str(failing)]
    assert ids(manager.get("/operations/texts", group="failed")) == [str(failed)]
    assert {str(foreign), str(nobodys)} <= set(ids(city.get("/operations/texts")))
    figures = manager.get("/operations/channels").json()["texts"]
    statutory = next(row for row in figures if row["purpose"] == "statutory")
    assert (statutory["failing"], statutory["failed_lately"]) == (1, 1)


def test_pages_cost_the_same_however_long(
    manager: Api, place: OrganisationInfo, django_assert_max_num_queries: Any
) -> None:
    """Fifteen texts in pages of ten: no text twice, no query a row."""
    made = {str(text(place)) for _ in range(15)}
    manager.get("/operations/texts")
    with django_assert_max_num_queries(9):
        first = manager.get("/operations/texts", limit="10").json()
    second = manager.get("/operations/texts", limit="10", cursor=first["next"]).json()
    seen = [row["id"] for row in first["items"] + second["items"]]
    assert (set(seen), len(seen), second["next"]) == (made, 15, None)


def test_found_by_number_and_recorded(manager: Api, place: OrganisationInfo) -> None:
    """However it is written; the number stands encrypted in the journal, and in no address."""
    number = random_mobile()
    wanted, _ = text(place, number), text(place)
    answer = manager.post("/operations/texts/search", {"phone": number.removeprefix("+86")})
    assert ids(answer) == [str(wanted)]
    line = JournalLine.objects.get(action="operations.texts_searched")
    assert number[3:] not in str(line.data)
    assert manager.post("/operations/texts/search", {"phone": "110"}).status_code == 422


def test_all_that_was_given_up_goes_again(manager: Api, place: OrganisationInfo) -> None:
    """Of one's own; what a carrier refused for good stays."""
    given_up = [text(place, state="failed", reason="gave_up") for _ in range(3)]
    refused = text(place, state="failed", reason="refused_by_provider")
    foreign = text(accounts.organisation(), state="failed", reason="gave_up")
    assert manager.post("/operations/retries", {"what": "texts"}).json() == {"count": 3}
    states = dict(Message.objects.values_list("pk", "state"))
    assert {states[found] for found in given_up} == {"retrying"}
    assert (states[refused], states[foreign]) == ("failed", "failed")


def test_parked_events_are_the_citys(manager: Api, city: Api) -> None:
    """A department's manager may not."""
    assert manager.post("/operations/retries", {"what": "events"}).status_code == 403
    assert city.post("/operations/retries", {"what": "events"}).json() == {"count": 0}


def test_a_wording_is_previewed_and_tried(manager: Api, city: Api) -> None:
    """Parts and cost before anybody gets it; the trial is a text with a story; missing values are named."""
    rows = manager.get("/operations/wordings").json()["items"]
    version = TemplateVersion.objects.get(template__code="not_accepted", organisation_id=None)
    row = next(found for found in rows if found["id"] == str(version.pk))
    assert (row["is_in_force"], row["params"]) == (True, [param["name"] for param in version.params])
    values = dict.fromkeys(row["params"], "32130020131125000187")
    path = f"/operations/wordings/{version.pk}"
    seen = manager.post(f"{path}/preview", {"values": values}).json()
    assert "32130020131125000187" in seen["text"]
    assert seen["parts"] >= 1
    assert manager.post(f"{path}/preview", {"values": {}}).status_code == 422
    trial = {"values": values, "phone": random_mobile()}
    assert manager.post(f"{path}/trial", trial).status_code == 403
    tried = city.post(f"{path}/trial", trial)
    assert city.get(f"/operations/texts/{tried.json()['id']}").json()["text"] == seen["text"]


def test_partners_addresses(manager: Api, city: Api, place: OrganisationInfo) -> None:
    """Looked at, enabled, replayed by range, secret changed: by the city's manager only."""
    partners.add_partner(
        actor=accounts.system(), code="palm", name="掌上宿迁", organisation_id=place.id, scopes=["cases.progress"]
    )
    endpoint = Endpoint.objects.create(
        partner=Partner.objects.get(),
        url="https://partner.example/hook",
        disabled_at=clock.now(),
        disabled_why="410",
    )
    webhook = Webhook.objects.create(
        endpoint=endpoint, event_id=uuid7(), type="case.accepted", body="{}", state="parked",
        occurred_at=clock.now(), due_at=clock.now(),
    )  # fmt: skip
    path = f"/operations/partners/{endpoint.pk}"
    for other in ("/operations/partners", f"{path}/deliveries"):
        assert manager.get(other).status_code == 403
    assert manager.post(f"{path}/actions", {"action": "enable"}).status_code == 403
    (row,) = city.get("/operations/partners").json()["items"]
    assert (row["name"], row["disabled"], row["webhooks"]["parked"]) == ("掌上宿迁", "410", 1)
    assert city.get(f"{path}/deliveries", state="parked").json()["items"][0]["id"] == f"msg_{webhook.pk.hex}"
    assert city.post(f"{path}/actions", {"action": "enable"}).status_code == 200
    times = {"since": (clock.now() - timedelta(days=1)).isoformat(), "until": clock.now().isoformat()}
    assert city.post(f"{path}/actions", {"action": "replay", **times}).json()["count"] == 1
    assert city.post(f"{path}/actions", {"action": "replay"}).status_code == 400
    secrets = [city.post(f"{path}/actions", {"action": "rotate"}).json()["secret"] for _ in range(2)]
    assert len(set(secrets)) == 2
    assert city.get("/operations/partners").content.find(secrets[0].encode()) < 0
    assert city.post(f"/operations/partners/{uuid7()}/actions", {"action": "enable"}).status_code == 404


def test_nobody_else(place: OrganisationInfo) -> None:
    """Citizens, other officials, and nobody."""
    callers = {403: [cases.citizen(), Api(sessions.official(Role.APPROVER, place))], 401: [Api()]}
    version = TemplateVersion.objects.first()
    assert version is not None
    for status, apis in callers.items():
        for api in apis:
            for path in ("texts", "wordings", "partners", f"partners/{uuid7()}/deliveries"):
                assert api.get(f"/operations/{path}").status_code == status, path
            acts: dict[str, dict[str, Any]] = {
                "texts/search": {"phone": "13800000000"},
                "retries": {"what": "texts"},
                f"wordings/{version.pk}/preview": {"values": {}},
                f"wordings/{version.pk}/trial": {"values": {}, "phone": "13800000000"},
                f"partners/{uuid7()}/actions": {"action": "enable"},
            }
            for path, body in acts.items():
                assert api.post(f"/operations/{path}", body).status_code == status, path
