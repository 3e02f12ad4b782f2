"""Releases of our own notices, and notices of other platforms that come as OCDS release packages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record
from backend.tenders.models import Notice, Project, Release, Section
from backend.tenders.rules import ocds
from backend.tenders.rules.search import tokens
from backend.tenders.types import (
    NOT_PUBLIC,
    Category,
    Law,
    Method,
    NoticeKind,
    NoticeState,
    SectionState,
    TenderError,
)
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text
from kernel.ids import uuid7

IMPORTER = "system_manager"
MAX_RELEASES = 500
_MISSING = Text("缺少必填项或格式不符。", "Missing, or not of the required form.")
_STATES = {
    "planning": SectionState.PLANNED,
    "planned": SectionState.PLANNED,
    "active": SectionState.BIDDING,
    "cancelled": SectionState.TERMINATED,
    "withdrawn": SectionState.TERMINATED,
    "unsuccessful": SectionState.FAILED,
    "complete": SectionState.AWARDED,
}


def write_release(notice: Notice, project: Project, sections: Sequence[Section]) -> Release | None:
    """Write the release of a notice that has just come out; none for what is not public."""
    kind = NoticeKind(notice.kind)
    if kind in NOT_PUBLIC or notice.published_at is None or project.first_published_at is None:
        return None
    found = ocds.release(_facts(notice, project, sections))
    return Release.objects.create(
        id=uuid7(),
        project=project,
        notice=notice,
        release_id=found["id"],
        released_at=notice.published_at,
        written_at=notice.published_at,
        release=found,
    )


def _facts(notice: Notice, project: Project, sections: Sequence[Section]) -> ocds.Facts:
    base = f"{settings.PUBLIC_BASE_URL}/api/v1/tenders/notices/{notice.id}"
    return ocds.Facts(
        ocid=project.ocid,
        number=project.number,
        name=project.name,
        category=project.category,
        method=Method(project.method),
        buyer=_buyer(project),
        agent=project.agent_name,
        kind=NoticeKind(notice.kind),
        notice_no=notice.number or "",
        title=notice.title,
        published_at=_time(notice.published_at) or "",
        content=notice.content,
        address=base,
        state=SectionState(project.state),
        lots=[_lot(section) for section in sorted(sections, key=lambda one: one.number)],
        files=[
            {"id": str(row.id), "title": row.filename, "url": f"{base}/files/{row.id}", "format": row.media_type}
            for row in notice.files.order_by("id")
        ],
    )


def _buyer(project: Project) -> dict[str, str]:
    if project.organisation_id is None:
        return {"id": project.buyer_name, "name": project.buyer_name, "code": ""}
    organisation = accounts.organisation(project.organisation_id)
    code = accounts.further_codes(organisation.id).get("credit", "")
    return {"id": f"{ocds.SCHEME}-{code}" if code else organisation.code, "name": project.buyer_name, "code": code}


def _lot(section: Section) -> ocds.LotFacts:
    return ocds.LotFacts(
        id=str(section.id),
        number=section.number,
        title=section.name,
        state=SectionState(section.state),
        estimate_fen=section.estimate_fen,
        documents_from=_time(section.documents_from),
        documents_until=_time(section.documents_until),
        bids_until=_time(section.bids_until),
        winner=section.winner,
        candidates=section.candidates,
        contract=section.contract,
        fallen=_fallen(section),
    )


def _fallen(section: Section) -> frozenset[int]:
    """The ranks of candidates who were told to have won, but for the one who has."""
    awards = section.project.notices.filter(
        kind=NoticeKind.AWARD, state=NoticeState.PUBLISHED, section_ids__contains=[section.id]
    )
    ranks = {content["winner"]["rank"] for content in awards.values_list("content", flat=True)}
    return frozenset(ranks - {(section.winner or {}).get("rank")})


def _time(moment: datetime | None) -> str | None:
    return clock.local(moment).isoformat(timespec="seconds") if moment else None


@transaction.atomic
def import_package(*, actor: Actor, package: Mapping[str, Any]) -> list[Project]:
    """Take in a release package of another platform: its processes can be found here, its releases pass on unchanged.

    A release that came before is left as it is. Raises NOT_FOUND for anybody but a system manager of the city,
    RELEASE_INVALID naming the places, also for an ocid that is ours.
    """
    if not any(grant.role == IMPORTER for grant in actor.grants):
        raise DomainError(TenderError.NOT_FOUND)
    releases = package.get("releases")
    if not isinstance(releases, list) or not 1 <= len(releases) <= MAX_RELEASES:
        raise _invalid(["/releases"])
    faults = [path for place, one in enumerate(releases) for path in _faults(one, place)]
    if faults:
        raise _invalid(faults)
    publisher = str((package.get("publisher") or {}).get("name", "OCDS"))[:80]
    found = {}
    for one in sorted(releases, key=lambda entry: entry["date"]):
        project = _take_in(one, publisher)
        found[project.pk] = project
    for project in found.values():
        _note(actor, project, publisher)
    return list(found.values())


def _faults(release: Any, place: int) -> list[str]:
    base = f"/releases/{place}"
    if not isinstance(release, dict):
        return [base]
    faults = [f"{base}/{name}" for name in ("ocid", "id", "date", "tag", "tender") if not release.get(name)]
    if faults:
        return faults
    ocid, tender = str(release["ocid"]), release["tender"]
    if ocid.startswith(f"{settings.OCID_PREFIX}-") or not ocid.startswith("ocds-") or len(ocid) > 80:
        faults.append(f"{base}/ocid")
    if "#" in str(release["id"]) or len(str(release["id"])) > 200:
        faults.append(f"{base}/id")
    if not isinstance(tender, dict) or not str(tender.get("title") or "").strip():
        faults.append(f"{base}/tender/title")
    if _moment(release["date"]) is None:
        faults.append(f"{base}/date")
    return faults


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _take_in(release: dict[str, Any], publisher: str) -> Project:
    now, tender = clock.now(), release["tender"]
    deadline = _moment((tender.get("tenderPeriod") or {}).get("endDate"))
    amount = (tender.get("value") or {}).get("amount")
    category = str(tender.get("mainProcurementCategory") or "")
    facts: dict[str, Any] = {
        "name": str(tender["title"])[:300],
        "category": category if category in set(Category) else Category.SERVICES,
        "buyer_name": str((release.get("buyer") or {}).get("name") or publisher)[:200],
        "amount_fen": round(float(amount) * 100) if isinstance(amount, int | float) else None,
        "state": _STATES.get(str(tender.get("status")), SectionState.PLANNED),
        "next_deadline": deadline if deadline and deadline > now else None,
        "updated_at": now,
    }
    facts["tokens"] = tokens(f"{facts['name']} {facts['buyer_name']} {release['ocid']}")
    fixed = {
        "number": f"EXT-{uuid7().hex[-12:].upper()}",
        "region_code": "",
        "law": Law.TENDER,
        "method": Method.OPEN,
        "source": publisher,
        "first_published_at": now,
        "created_at": now,
    }
    project, _ = Project.objects.update_or_create(
        ocid=release["ocid"], defaults=facts, create_defaults={**fixed, **facts}
    )
    Release.objects.get_or_create(
        project=project,
        release_id=str(release["id"]),
        defaults={"released_at": _moment(release["date"]), "written_at": now, "release": release},
    )
    return project


def _note(actor: Actor, project: Project, publisher: str) -> None:
    record(
        actor=actor,
        action="tender.imported",
        subject=("tender_project", project.id),
        organisation_id=None,
        data={"ocid": project.ocid, "publisher": publisher},
    )


def _invalid(paths: Sequence[str]) -> DomainError:
    code = TenderError.RELEASE_INVALID
    return DomainError(code, errors=[FieldError(path, code.code, _MISSING) for path in paths[:50]])
