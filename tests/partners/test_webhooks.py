"""F18: Standard Webhooks to partners: signatures, schedule, rotation, replay, addresses, what may be seen."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from backend.partners import rules, selectors, services
from backend.partners.models import Endpoint, EndpointSecret, Webhook, WebhookAttempt
from backend.partners.types import PartnerError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.events import Event
from kernel.ids import uuid7
from tests.factories import accounts
from tests.stubs.recording import StubServer

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
ACTOR = Actor.system("test")
RECEIVER = Path(__file__).resolve().parent.parent.parent / "docs" / "tools" / "webhook_receiver.py"


class StubPartner(StubServer):
    """A partner's receiver."""

    def take(self, request: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """204 for everything."""
        self.note("accepted", request)
        return 204, {}, None


@pytest.fixture
def partner(settings: Any) -> Iterator[StubPartner]:
    """The receiver, running on loopback, which the operator lets through."""
    with StubPartner() as stub:
        settings.EGRESS_ALLOW = [f"127.0.0.1:{stub.port}"]
        yield stub


class Joined:
    """A partner of a county with an endpoint at the stub."""

    def __init__(self, stub: StubPartner, *scopes: str) -> None:
        self.place = accounts.organisation()
        code = uuid7().hex
        services.add_partner(
            actor=ACTOR,
            code=code,
            name="掌上宿迁",
            organisation_id=self.place.id,
            scopes=scopes or ("cases.progress",),
        )
        self.endpoint_id, self.secret = services.add_endpoint(actor=ACTOR, code=code, url=f"{stub.base}/hook")

    def tell(self, *, place: UUID | None = None, type_name: str = "case.accepted") -> Event:
        """Something happened to a case of the county."""
        data = {
            "case_no": "32130020131125000187",
            "applicant_id": str(uuid7()),
            "query_code": "381946",
            "outcome_label": "准予",
            "state": "accepted",
            "version": 3,
        }
        organisation_id = place or self.place.id
        event = Event(uuid7(), type_name, 1, "case", uuid7(), organisation_id, clock.now(), data)
        services.queue_webhooks(event=event)
        return event


@pytest.fixture
def joined(partner: StubPartner) -> Joined:
    """Who is told of progress."""
    return Joined(partner)


def turn() -> int:
    return sum(services.dispatch(webhook_id=found) for found in Webhook.objects.values_list("pk", flat=True))


def headers(line: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in line["headers"].items() if name.startswith("webhook-")}


def test_a_webhook_goes_signed_and_filtered(partner: StubPartner, joined: Joined) -> None:
    event = joined.tell()
    assert services.claim_due()
    assert turn() == 1
    (line,) = partner.accepted
    verified = Verifier(joined.secret.value).verify(line["body"], headers(line))
    assert verified["type"] == "case.accepted"
    assert verified["data"] == {"case_no": event.data["case_no"], "state": "accepted", "version": 3}
    assert Webhook.objects.get().state == "delivered"
    services.queue_webhooks(event=event)
    assert turn() == 0
    with pytest.raises(WebhookVerificationError):
        Verifier(rules.new_secret()).verify(line["body"], headers(line))


def test_scopes_open_fields_and_nothing_else(partner: StubPartner) -> None:
    told = Joined(partner, "cases.outcome", "cases.applicant")
    event = told.tell()
    assert json.loads(Webhook.objects.get().body)["data"] == {
        "applicant_id": event.data["applicant_id"],
        "outcome_label": "准予",
    }
    told.tell(place=accounts.organisation().id)
    assert Webhook.objects.count() == 1
    assert "query_code" not in {field for _, fields in rules.SCOPES.values() for field in fields}


def test_during_a_rotation_both_secrets_verify_and_then_only_the_new(
    partner: StubPartner, joined: Joined, travel: Travel
) -> None:
    fresh = services.rotate_secret(actor=ACTOR, endpoint_id=joined.endpoint_id)
    joined.tell()
    turn()
    line = partner.accepted[-1]
    for secret in (joined.secret, fresh):
        Verifier(secret.value).verify(line["body"], headers(line))
    travel(hours=24, seconds=1)
    joined.tell()
    turn()
    assert len(partner.accepted[-1]["headers"]["webhook-signature"].split()) == 1
    raw = EndpointSecret.objects.values_list("value", flat=True)
    assert set(raw) == {joined.secret.value, fresh.value}


def test_tries_over_three_days_under_one_id_and_then_parked_and_replayed(
    partner: StubPartner, joined: Joined, travel: Travel
) -> None:
    partner.fault(status=500, times=10)
    event = joined.tell()
    waits = []
    for _ in range(10):
        assert turn() == 1
        webhook = Webhook.objects.get()
        waits.append((webhook.due_at - clock.now()).total_seconds())
        travel(seconds=max(waits[-1], 0) + 0.1)
    assert webhook.state == "parked"
    wanted = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    for wait, usual in zip(waits, wanted, strict=False):
        assert usual * 0.9 - 1 <= wait <= usual * 1.1 + 1
    assert turn() == 0
    sent = [line["headers"]["webhook-id"] for line in partner.ledger]
    assert len(sent) == 10
    assert len(set(sent)) == 1
    services.enable_endpoint(actor=ACTOR, endpoint_id=joined.endpoint_id)
    times = {"since": event.occurred_at, "until": event.occurred_at + timedelta(seconds=1)}
    assert services.replay(actor=ACTOR, endpoint_id=joined.endpoint_id, **times) == 1
    assert turn() == 1
    assert [line["headers"]["webhook-id"] for line in partner.accepted] == [sent[0]]
    log = selectors.delivery_log(joined.endpoint_id)
    assert [attempt["status"] for attempt in log[0]["attempts"]] == [500] * 10 + [204]


def test_retry_after_holds_the_whole_endpoint(partner: StubPartner, joined: Joined, travel: Travel) -> None:
    partner.fault(status=429, headers={"Retry-After": "90"})
    joined.tell()
    turn()
    joined.tell()
    travel(seconds=80)
    assert services.claim_due() == []
    assert turn() == 0
    travel(seconds=11)
    assert turn() == 2
    assert len(partner.accepted) == 2


def test_gone_disables_with_a_to_do(partner: StubPartner, joined: Joined) -> None:
    partner.fault(status=410)
    joined.tell()
    joined.tell()
    turn()
    assert Endpoint.objects.get().disabled_why == "410"
    assert len(partner.ledger) == 1
    assert selectors.endpoints()[0]["disabled"] == "410"
    services.enable_endpoint(actor=ACTOR, endpoint_id=joined.endpoint_id)
    Webhook.objects.update(due_at=clock.now())
    assert turn() == 2


def test_five_days_of_failures_disable(partner: StubPartner, joined: Joined, travel: Travel) -> None:
    partner.fault(status=500, times=99)
    joined.tell()
    turn()
    travel(days=5)
    turn()
    assert Endpoint.objects.get().disabled_why == "failing"


@pytest.mark.parametrize("where", ["http://169.254.169.254/latest/", "https://example.org/elsewhere"])
def test_no_redirect_is_followed(partner: StubPartner, joined: Joined, where: str) -> None:
    partner.fault(status=302, headers={"Location": where})
    joined.tell()
    turn()
    assert WebhookAttempt.objects.get().status == 302
    assert Webhook.objects.get().state == "retrying"


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://0x7f000001/", "https://[::ffff:127.0.0.1]/",
     "file:///etc/passwd", "gopher://example.org/", "https://169.254.169.254/", "https://user@example.org/", "https://2130706433/"],
)  # fmt: skip
def test_private_addresses_are_not_registered(joined: Joined, settings: Any, url: str) -> None:
    settings.EGRESS_ALLOW = []
    code = Endpoint.objects.select_related("partner").get().partner.code
    with pytest.raises(DomainError) as refused:
        services.add_endpoint(actor=ACTOR, code=code, url=url)
    assert refused.value.code is PartnerError.ADDRESS


def test_a_name_that_turns_private_is_not_called(partner: StubPartner, joined: Joined, settings: Any) -> None:
    settings.EGRESS_ALLOW = []
    joined.tell()
    turn()
    assert WebhookAttempt.objects.get().detail == "private_address"
    assert partner.ledger == []


def test_the_receiver_of_the_handbook_takes_ours_and_nothing_else(partner: StubPartner, joined: Joined) -> None:
    joined.tell()
    turn()
    receiver = _load(RECEIVER)
    line = partner.accepted[0]
    sent, body, secret = line["headers"], line["body"], joined.secret.value
    now = float(sent["webhook-timestamp"])
    assert receiver.is_genuine(secret, sent, body, now)
    assert receiver.is_genuine(secret, sent, body, now + 299)
    assert not receiver.is_genuine(secret, sent, body, now + 301)
    assert not receiver.is_genuine(secret, sent, body.replace(b"3", b"4"), now)
    assert not receiver.is_genuine(secret, {**sent, "webhook-id": "msg_other"}, body, now)


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("webhook_receiver", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
