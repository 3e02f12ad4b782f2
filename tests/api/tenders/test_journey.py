"""A tender through the public doors: searched without signing in, bid for, opened, read by everybody (T01-T12, F35)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.journal.models import JournalLine
from backend.tenders import services as tender_services
from backend.tenders.rules import receipts, sealing
from tests.factories import accounts, sessions
from tests.factories import tenders as make
from tests.factories.cases import Api, citizen, photo

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


def api(user_id: UUID | None, *, factor: bool = False) -> Api:
    """A client of this person."""
    assert user_id is not None
    return Api(sessions.signed_in(user_id, factor=factor))


def ok(answer: Any, status: int = 200) -> Any:
    """The answer's body."""
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def put_steps(client: Api, bid_id: str, data: bytes, first: int = 0) -> Any:
    """Send steps as bytes."""
    assert client.caller is not None
    return client.client.put(
        f"/api/v1/tenders/bids/{bid_id}/steps/{first}",
        data,
        content_type="application/octet-stream",
        headers=client.caller.headers,
    )


def hand_in(tender: make.Tender, company: make.Company, price: int) -> dict[str, Any]:
    """Everything a bidder's browser does; returns the receipt."""
    client, section = api(company.person), f"/tenders/sections/{tender.section.id}"
    own = {"company_id": str(company.id)}
    ok(client.post(f"{section}/documents", own), 201)
    standing = ok(client.get(f"{section}/standing", **own))
    sealed = tender.sealed(company, price, standing["next_version"])
    body = {
        **own,
        "key_id": tender.section.key_id,
        "point": sealed.envelope.point.hex(),
        "wrapped": sealed.envelope.wrapped.hex(),
        "commitment": sealed.commitment,
        "step_count": len(sealed.steps),
        "sha256": sealed.sha256,
        "bid_version": standing["next_version"],
    }
    bid = ok(client.post(f"{section}/bids", body), 201)
    assert bid["missing_steps"] == list(range(len(sealed.steps)))
    assert ok(put_steps(client, bid["id"], b"".join(sealed.steps)))["missing_steps"] == []
    key = str(uuid4())
    receipt = ok(client.post(f"/tenders/bids/{bid['id']}/submit", key=key), 201)
    assert ok(client.post(f"/tenders/bids/{bid['id']}/submit", key=key), 201) == receipt
    assert ok(client.get(f"/tenders/bids/{bid['id']}"))["receipt"] == receipt
    return dict(receipt)


def test_from_the_notice_to_the_record(travel: Travel) -> None:
    tender = make.called()
    anyone = Api()
    row = ok(anyone.get("/tenders/projects", q="青年路"))["items"][0]
    page = ok(anyone.get(f"/tenders/projects/{row['id']}"))
    assert page["now"] < page["sections"][0]["bids_until"]
    assert [moment["kind"] for moment in page["story"]][:1] == ["tender_notice"]
    assert page["sections"][0]["public_key"] == tender.public_key.hex()
    bidders = [make.company() for _ in range(3)]
    found = [hand_in(tender, bidder, price) for bidder, price in zip(bidders, make.PRICES, strict=False)]
    key = ok(anyone.get("/tenders/signing-key"))["public_key"]
    assert all(receipts.is_genuine(key, receipts.RECEIPT, receipt) for receipt in found)
    travel(days=22)
    tender_services.close_due()
    for opener, share in zip(tender.desk.openers[:2], tender.shares[:2], strict=True):
        client = api(opener.user_id, factor=True)
        duty = ok(client.get("/tender-desk/openings"))["items"][0]
        brought = ok(client.post(f"/tender-desk/sections/{duty['section_id']}/shares", {"share": share.hex()}))
    assert (brought["state"], brought["brought"]) == ("opened", 2)
    record = ok(anyone.get(f"/tenders/sections/{tender.section.id}/opening-record"))
    assert receipts.is_genuine(key, receipts.RECORD, record)
    assert sorted(bid["price_fen"] for bid in record["bids"]) == sorted(make.PRICES[:3])
    desk = api(tender.desk.editor.user_id, factor=True)
    bids = ok(desk.get(f"/tender-desk/sections/{tender.section.id}/bids"))["items"]
    content = desk.get(f"/tender-desk/bids/{bids[0]['id']}/files/0")
    assert b"".join(content.streaming_content).startswith(b"%PDF-1.7 ")
    standing = ok(api(bidders[0].person).get(
        f"/tenders/sections/{tender.section.id}/standing", company_id=str(bidders[0].id)
    ))  # fmt: skip
    assert standing["bids"][0]["state"] == "decrypted"


def test_nobody_sees_bids_bidders_or_numbers_before() -> None:
    """403 for the desk, with a line in the journal; nothing in public answers changes when a bid comes in."""
    tender, bidder = make.called(), make.company()
    anyone, desk = Api(), api(tender.desk.editor.user_id, factor=True)

    def seen() -> list[Any]:
        public = ok(anyone.get(f"/tenders/projects/{tender.project.id}"))
        own = ok(desk.get(f"/tender-desk/projects/{tender.project.id}"))
        rest = [
            ok(anyone.get("/tenders/projects")),
            ok(desk.get(f"/tender-desk/sections/{tender.section.id}/questions")),
            ok(anyone.get(f"/tenders/ocds/records/{tender.project.ocid}")),
        ]
        found = [public, own, *rest]
        for one in found:
            one.pop("now", None)
            one.pop("publishedDate", None)
        return found

    before = seen()
    hand_in(tender, bidder, 90_000_00)
    assert seen() == before
    answer = desk.get(f"/tender-desk/sections/{tender.section.id}/bids")
    assert (answer.status_code, answer.json()["code"]) == (403, "bids_still_sealed")
    assert JournalLine.objects.filter(action="tender.sealed_bids_asked_for").count() == 1
    assert citizen().get(f"/tender-desk/sections/{tender.section.id}/bids").status_code == 404
    stranger = api(make.company().person)
    for bid in tender.section.bids.all():
        assert stranger.get(f"/tenders/bids/{bid.id}").status_code == 404
        assert stranger.post(f"/tenders/bids/{bid.id}/withdraw").status_code == 404


@pytest.mark.parametrize("damage", ["short", "long", "place"])
def test_what_are_no_steps_is_refused(damage: str) -> None:
    tender, bidder = make.called(), make.company()
    tender.take(bidder)
    bid = tender.upload(bidder, tender.sealed(bidder, 1))
    size = sealing.SEALED_STEP
    data = {"short": b"x" * 100, "long": b"x" * (size * 9), "place": b"x" * size}[damage]
    answer = put_steps(api(bidder.person), str(bid.id), data, first=5 if damage == "place" else 0)
    assert answer.status_code == (413 if damage == "long" else 422)


def test_the_desk_writes_a_second_person_publishes() -> None:
    tender = make.planned()
    editor, reviewer = (api(actor.user_id, factor=True) for actor in (tender.desk.editor, tender.desk.reviewer))
    possible = ok(editor.get(f"/tender-desk/sections/{tender.section.id}/calendar"))["items"]
    assert {row["kind"] for row in possible if row["allowed"]} == {
        "plan_notice", "prequal_notice", "tender_notice", "invitation", "termination",
    }  # fmt: skip
    body = {"kind": "tender_notice", "content": make.call_content(days=19)}
    draft = editor.post(f"/tender-desk/projects/{tender.project.id}/notices", body)
    path = f"/tender-desk/notices/{ok(draft, 201)['id']}"
    file = ok(editor.post(f"{path}/files", {"file": photo("图纸.jpg")}, format="multipart"), 201)
    sent = editor.post(f"{path}/submit", etag=editor.get(path)["ETag"])
    assert ok(sent)["state"] == "in_review"
    assert editor.post(f"{path}/publish", etag=sent["ETag"]).status_code == 404, "an editor is no reviewer"
    refused = reviewer.post(f"{path}/publish", etag=sent["ETag"])
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/content/bids_until")
    assert "最早为" in refused.json()["errors"][0]["detail"]
    back = reviewer.post(f"{path}/return", {"note": "期限不足"}, etag=sent["ETag"])
    assert ok(back)["review_note"] == "期限不足"
    changed = editor.call("patch", path, {"content": make.call_content(days=20)}, etag=back["ETag"])
    sent = editor.post(f"{path}/submit", etag=changed["ETag"])
    out = ok(reviewer.post(f"{path}/publish", etag=sent["ETag"]))
    assert (out["state"], out["number"]) == ("published", f"{tender.project.number}-G01")
    assert Api().get(f"/tenders/notices/{out['id']}/files/{file['id']}").status_code == 200
    assert editor.call("patch", path, {"content": {}}, etag=f'"{out["version"]}"').status_code == 409


def test_companies_delegates_and_qualifications() -> None:
    boss, agent = citizen(), Api(sessions.citizen())
    body = {"credit_code": make.credit_code(), "name": "宿迁诚信建设有限公司"}
    company = ok(boss.post("/tenders/companies", body), 201)
    assert citizen().post("/tenders/companies", body).status_code == 404
    assert agent.post("/tenders/companies", body).status_code == 403, "no real name yet"
    assert agent.caller is not None
    phone = accounts.selectors.contact_phone(agent.caller.id)
    given = ok(boss.post(f"/tenders/companies/{company['id']}/agents", {"phone": phone}), 201)
    assert ok(agent.get("/tenders/companies"))["items"][0]["kind"] == "agent"
    assert agent.post(f"/tenders/companies/{company['id']}/agents", {"phone": phone}).status_code == 404
    licence = {"kind": "business_licence", "name": "营业执照", "expires_on": "2099-01-01", "file": photo()}
    path = f"/tenders/companies/{company['id']}/qualifications"
    added = ok(agent.post(path, licence, format="multipart"), 201)
    assert ok(boss.get(path))["items"] == [added]
    assert citizen().get(path).status_code == 404
    assert boss.call("delete", f"/tenders/companies/{company['id']}/agents/{given['person_id']}").status_code == 204
    assert ok(agent.get("/tenders/companies"))["items"] == []
    assert agent.call("delete", f"/tenders/qualifications/{added['id']}").status_code == 404
    assert boss.call("delete", f"/tenders/qualifications/{added['id']}").status_code == 204


def test_times_go_into_ones_calendar() -> None:
    tender = make.called()
    answer = Api().get(f"/tenders/projects/{tender.project.id}/calendar.ics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 3
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"DTSTART:{make.deadline_of(tender):%Y%m%dT%H%M%SZ}" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 1), ({"q": "青年路 改造"}, 1), ({"q": "路年青"}, 0), ({"category": "works"}, 1), ({"category": "land"}, 0),
        ({"region": "3213"}, 1), ({"region": "3214"}, 0), ({"min_fen": 100_000_00}, 1), ({"max_fen": 1}, 0),
        ({"state": "bidding"}, 1), ({"state": "opened"}, 0), ({"closes_before": "2000-01-01T00:00:00+08:00"}, 0),
        ({"buyer": str(UUID(int=1))}, 0),
    ],
)  # fmt: skip
def test_search(query: dict[str, Any], found: int) -> None:
    make.called()
    make.planned()
    assert len(ok(Api().get("/tenders/projects", **query))["items"]) == found


@pytest.mark.parametrize("query", [{"category": "x"}, {"region": "沪"}, {"min_fen": "-1"}, {"closes_before": "soon"}])
def test_wrong_parameters_are_told(query: dict[str, Any]) -> None:
    answer = Api().get("/tenders/projects", **query)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"/query/{next(iter(query))}")


def test_saved_searches_and_alerts(deliver_events: Callable[[], int]) -> None:
    client = citizen()
    made = client.post("/tenders/subscriptions", {"name": "道路", "keyword": "青年路"})
    path = f"/tenders/subscriptions/{ok(made, 201)['id']}"
    make.called()
    deliver_events()
    alert = ok(client.get("/tenders/alerts"))["items"][0]
    assert (alert["kind"], alert["reason"]) == ("match", "道路")
    assert ok(client.post(f"/tenders/alerts/{alert['id']}/less"))["pace"] == "daily"
    assert client.call("patch", path, {"active": False}, etag=made["ETag"]).status_code == 412
    now = client.get(path)
    kept = ok(client.call("patch", path, {"active": False}, etag=now["ETag"]))
    assert (kept["active"], kept["keyword"], kept["pace"]) == (False, "青年路", "daily")
    assert citizen().get(path).status_code == 404
    assert client.call("delete", path).status_code == 204
    assert ok(client.get("/tenders/subscriptions"))["items"] == []
