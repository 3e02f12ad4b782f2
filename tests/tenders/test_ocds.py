"""Every process as OCDS 1.1.5: valid against the standard's own schemas, written once, fed in order, taken in."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from jsonschema import Draft4Validator, FormatChecker
from ocdskit.combine import merge
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from backend.tenders import services
from backend.tenders.models import Project, Release
from kernel.errors import DomainError
from tests.factories import accounts
from tests.factories import tenders as make
from tests.factories.cases import Api
from tests.tenders.ocds_review import complaints
from tests.tenders.test_law import candidates, workdays_on

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[1] / "payloads" / "ocds"
SCHEMAS = {path.stem: json.loads(path.read_text()) for path in FOLDER.glob("*.json")}
BASE = "https://standard.open-contracting.org/1.1/en"


def faults(document: dict[str, Any], name: str) -> list[str]:
    """What the standard's schema holds against a document."""
    resources = [
        (uri, Resource(contents=schema, specification=DRAFT4))
        for stem, schema in SCHEMAS.items()
        for uri in {schema["id"], f"{BASE}/{stem}.json", f"{BASE.removesuffix('/en')}/{stem}.json"}
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    validator = Draft4Validator(SCHEMAS[name], registry=registry, format_checker=FormatChecker())
    return [f"{list(fault.absolute_path)}: {fault.message[:200]}" for fault in validator.iter_errors(document)]


def whole(travel: Callable[..., None]) -> make.Tender:
    """A tender from plan to contract, with a change."""
    tender = make.planned()
    tender.desk.publish(tender.project, "plan_notice", content="拟于下月招标。", planned_on="2026-12")
    tender.desk.publish(tender.project, "tender_notice", **make.call_content())
    tender.desk.publish(tender.project, "change_notice", content="图纸更新。", affects_bids=False)
    for price in make.PRICES:
        tender.bid(make.company(), price)
    travel(days=22)
    services.close_due()
    tender.open()
    candidates(tender, workdays_on(tender) + 1)
    travel(days=15)
    tender.desk.publish(tender.project, "award_notice", winner=tender.section.candidates[0]["bid_id"])
    tender.desk.publish(
        tender.project, "contract_notice", amount_fen=min(make.PRICES), signed_on="2027-01-10",
        period_start="2027-01-15", period_end="2027-07-14",
    )  # fmt: skip
    return tender


def test_releases_and_records_are_valid(travel: Callable[..., None]) -> None:
    tender, anyone = whole(travel), Api()
    package = anyone.get("/tenders/ocds/releases").json()
    record = anyone.get(f"/tenders/ocds/records/{tender.project.ocid}").json()
    assert faults(package, "release-package-schema") == []
    assert faults(record, "record-package-schema") == []
    assert (complaints(package), complaints(record)) == ([], [])
    found = package["releases"]
    assert [release["tag"][0] for release in found] == [
        "planning", "tender", "tenderAmendment", "tenderUpdate", "award", "awardUpdate", "contract",
    ]  # fmt: skip
    assert len({release["id"] for release in found}) == 7
    assert not any("#" in release["id"] for release in found)
    assert {release["ocid"] for release in found} == {tender.project.ocid}
    assert found[3]["tender"]["numberOfTenderers"] == 4
    assert [award["status"] for award in found[4]["awards"]] == ["pending"] * 3
    assert found[5]["awards"][0]["value"] == {"amount": min(make.PRICES) / 100, "currency": "CNY"}
    assert found[6]["contracts"][0]["awardID"] == found[5]["awards"][0]["id"]
    assert record["records"][0]["releases"] == found
    lines = b"".join(anyone.get("/tenders/ocds/bulk.jsonl").streaming_content).decode().splitlines()
    assert [json.loads(line)["records"][0]["ocid"] for line in lines] == [tender.project.ocid]
    _others_make_one_story_of(package, tender.project.ocid)


def _others_make_one_story_of(package: dict[str, Any], ocid: str) -> None:
    """OCDS Kit merges our releases as the standard says, and nothing stands twice or is lost."""
    [compiled] = merge([package], schema=copy.deepcopy(SCHEMAS["release-schema"]))
    assert (compiled["ocid"], compiled["tag"]) == (ocid, ["compiled"])
    assert compiled["tender"]["numberOfTenderers"] == 4
    won = [award for award in compiled["awards"] if award["status"] == "active"]
    assert [award["value"]["amount"] for award in won] == [min(make.PRICES) / 100]
    assert [contract["awardID"] for contract in compiled["contracts"]] == [won[0]["id"]]
    parties = [party["id"] for party in compiled["parties"]]
    assert len(parties) == len(set(parties))
    documents = [document["id"] for document in compiled["tender"]["documents"]]
    assert len(documents) == len(set(documents)) > 0


def test_the_validator_can_fail(travel: Callable[..., None]) -> None:
    make.called()
    package = Api().get("/tenders/ocds/releases").json()
    assert faults(package, "release-package-schema") == []
    for spoil in (lambda r: r.pop("ocid"), lambda r: r.update(tag=["nonsense"]), lambda r: r.update(date="gestern")):
        broken = copy.deepcopy(package)
        spoil(broken["releases"][0])
        assert faults(broken, "release-package-schema")


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda release: release.update(notes="x"), "additional_fields"),
        (lambda release: release["tender"].update(title=" "), "empty_field"),
        (lambda release: release["tender"].update(status="started"), "additional_closed_codelist_values"),
        (lambda release: release.update(tag=[]), "validation_errors"),
        (lambda release: release.update(ocid="suqian-1"), "conformance_errors"),
    ],
)  # fmt: skip
def test_the_review_tool_sees_what_a_schema_does_not(spoil: Callable[[dict[str, Any]], Any], complaint: str) -> None:
    make.called()
    package = Api().get("/tenders/ocds/releases").json()
    assert complaints(package) == []
    spoil(package["releases"][0])
    assert any(told.startswith(complaint) for told in complaints(package))


def test_the_feed_goes_on_and_a_release_never_changes() -> None:
    make.called()
    anyone = Api()
    first = anyone.get("/tenders/ocds/releases", limit=1).json()
    assert "links" not in first
    tender = make.called()
    page = anyone.get("/tenders/ocds/releases", limit=1).json()
    address = page["links"]["next"].split("/api/v1")[1]
    following = anyone.get(address).json()["releases"]
    assert [release["ocid"] for release in following] == [tender.project.ocid]
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Release.objects.update(release={})


def external() -> dict[str, Any]:
    """A package of another platform."""
    release = {
        "ocid": "ocds-b5fd17-nj-2026-77", "id": "nj-77-1", "date": "2026-11-01T09:00:00+08:00", "tag": ["tender"],
        "initiationType": "tender", "buyer": {"id": "x", "name": "南京市江宁区水务局"},
        "tender": {
            "id": "77", "title": "江宁污水处理厂提标", "status": "active", "mainProcurementCategory": "works",
            "value": {"amount": 1234.56, "currency": "CNY"},
        },
    }  # fmt: skip
    return {
        "uri": "https://example.org/77", "version": "1.1", "publishedDate": "2026-11-01T10:00:00+08:00",
        "publisher": {"name": "南京公共资源"}, "releases": [release],
    }  # fmt: skip


def test_notices_of_other_platforms_come_in_once_and_go_on_unchanged() -> None:
    manager = accounts.actor(accounts.official("system_manager"))
    package = external()
    for _ in range(2):
        (project,) = services.import_package(actor=manager, package=package)
    assert (project.name, project.amount_fen, project.source) == ("江宁污水处理厂提标", 123456, "南京公共资源")
    assert Project.objects.count() == Release.objects.count() == 1
    row = Api().get("/tenders/projects", q="污水处理").json()["items"][0]
    assert row["source"] == "南京公共资源"
    assert Api().get(f"/tenders/projects/{row['id']}").status_code == 200
    feed = Api().get("/tenders/ocds/releases").json()
    assert feed["releases"] == package["releases"]
    assert faults(feed, "release-package-schema") == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"ocid": "ocds-suqian-1"}, "/releases/0/ocid"), ({"id": "a#b"}, "/releases/0/id"),
        ({"tag": []}, "/releases/0/tag"),
        ({"date": "x"}, "/releases/0/date"), ({"tender": {"id": "1"}}, "/releases/0/tender/title"),
    ],
)  # fmt: skip
def test_what_is_no_release_is_refused(change: dict[str, Any], pointer: str) -> None:
    manager, package = accounts.actor(accounts.official("system_manager")), external()
    package["releases"][0].update(change)
    with pytest.raises(DomainError) as caught:
        services.import_package(actor=manager, package=package)
    assert [fault.pointer for fault in caught.value.errors] == [pointer]
    assert not Project.objects.exists()
    with pytest.raises(DomainError):
        services.import_package(actor=accounts.actor(accounts.citizen()), package=external())
