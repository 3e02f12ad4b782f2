"""Notices as OCDS 1.1 releases. A release is written once, from what is true when its notice comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.tenders.types import Method, NoticeKind, SectionState

SCHEME = "CN-SCC"
LANGUAGE = "zh"
VERSION = "1.1"
EXTENSIONS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json",
)
TAGS: Mapping[NoticeKind, str] = {
    NoticeKind.PLAN: "planning",
    NoticeKind.PREQUAL: "tender",
    NoticeKind.TENDER: "tender",
    NoticeKind.DOCUMENTS: "tenderUpdate",
    NoticeKind.CHANGE: "tenderAmendment",
    NoticeKind.CLARIFICATION: "tenderUpdate",
    NoticeKind.TERMINATION: "tenderCancellation",
    NoticeKind.OPENING_RECORD: "tenderUpdate",
    NoticeKind.FAILED: "tenderUpdate",
    NoticeKind.CANDIDATES: "award",
    NoticeKind.AWARD: "awardUpdate",
    NoticeKind.CONTRACT: "contract",
    NoticeKind.PERFORMANCE: "implementation",
}
DOCUMENT_TYPES: Mapping[NoticeKind, str] = {
    NoticeKind.PLAN: "plannedProcurementNotice",
    NoticeKind.PREQUAL: "tenderNotice",
    NoticeKind.TENDER: "tenderNotice",
    NoticeKind.DOCUMENTS: "biddingDocuments",
    NoticeKind.CHANGE: "clarifications",
    NoticeKind.CLARIFICATION: "clarifications",
    NoticeKind.TERMINATION: "cancellationDetails",
    NoticeKind.OPENING_RECORD: "openingRecord",
    NoticeKind.FAILED: "tenderNotice",
    NoticeKind.CANDIDATES: "evaluationReports",
    NoticeKind.AWARD: "awardNotice",
    NoticeKind.CONTRACT: "contractSigned",
    NoticeKind.PERFORMANCE: "physicalProgressReport",
}
METHODS = {Method.OPEN: "open", Method.SELECTIVE: "selective", Method.LIMITED: "limited"}
CATEGORIES = {"works": "works", "goods": "goods", "services": "services", "land": "goods", "property": "goods"}
STATUSES: Mapping[SectionState, str] = {
    SectionState.PLANNED: "planning",
    SectionState.PREQUALIFYING: "active",
    SectionState.BIDDING: "active",
    SectionState.SEALED: "active",
    SectionState.OPENED: "active",
    SectionState.CANDIDATES: "active",
    SectionState.AWARDED: "complete",
    SectionState.CONTRACTED: "complete",
    SectionState.FAILED: "unsuccessful",
    SectionState.TERMINATED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A section as a release shows it; times as text with their zone, money in fen.

    `fallen` are the ranks of candidates who had won and lost it again.
    """

    id: str
    number: str
    title: str
    state: SectionState
    estimate_fen: int | None
    documents_from: str | None = None
    documents_until: str | None = None
    bids_until: str | None = None
    winner: Mapping[str, Any] | None = None
    candidates: Sequence[Mapping[str, Any]] = ()
    contract: Mapping[str, Any] | None = None
    fallen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a release says: the project, the notice, its sections and files."""

    ocid: str
    number: str
    name: str
    category: str
    method: Method
    buyer: Mapping[str, str]
    agent: str
    kind: NoticeKind
    notice_no: str
    title: str
    published_at: str
    content: Mapping[str, Any]
    address: str
    state: SectionState
    lots: Sequence[LotFacts] = ()
    files: Sequence[Mapping[str, str]] = field(default_factory=tuple)


def release(facts: Facts) -> dict[str, Any]:
    """The release of a notice. Its id is the notice's number, which holds no #."""
    found: dict[str, Any] = {
        "ocid": facts.ocid,
        "id": facts.notice_no,
        "date": facts.published_at,
        "tag": [TAGS[facts.kind]],
        "initiationType": "tender",
        "language": LANGUAGE,
        "parties": _parties(facts),
        "buyer": {"id": facts.buyer["id"], "name": facts.buyer["name"]},
        "tender": _tender(facts),
    }
    awards = [award for lot in facts.lots for award in _awards(facts, lot)]
    contracts = [_contract(facts, lot) for lot in facts.lots if lot.contract]
    if facts.kind is NoticeKind.OPENING_RECORD:
        found["bids"] = {"details": [_bid(entry) for entry in facts.content.get("bids", [])]}
    if awards:
        found["awards"] = awards
    if contracts:
        found["contracts"] = contracts
    return found


def package(releases: Sequence[Mapping[str, Any]], *, uri: str, date: str, publisher: str) -> dict[str, Any]:
    """A release package."""
    return {**_package(uri, date, publisher), "releases": [dict(found) for found in releases]}


def record_package(
    ocid: str, releases: Sequence[Mapping[str, Any]], *, uri: str, date: str, publisher: str
) -> dict[str, Any]:
    """A record package of one process: its releases by date."""
    ordered = sorted((dict(found) for found in releases), key=lambda found: found["date"])
    return {**_package(uri, date, publisher), "records": [{"ocid": ocid, "releases": ordered}]}


def _package(uri: str, date: str, publisher: str) -> dict[str, Any]:
    return {
        "uri": uri,
        "version": VERSION,
        "extensions": list(EXTENSIONS),
        "publishedDate": date,
        "publisher": {"name": publisher},
    }


def _parties(facts: Facts) -> list[dict[str, Any]]:
    buyer: dict[str, Any] = {
        "id": facts.buyer["id"],
        "name": facts.buyer["name"],
        "roles": ["buyer", "procuringEntity"],
    }
    if facts.buyer.get("code"):
        buyer["identifier"] = _identifier(facts.buyer["code"], facts.buyer["name"])
    found = {buyer["id"]: buyer}
    for supplier in _suppliers(facts):
        found.setdefault(_party_id(supplier), _supplier_party(facts, supplier))
    return list(found.values())


def _suppliers(facts: Facts) -> list[Mapping[str, Any]]:
    named: list[Mapping[str, Any]] = [entry for lot in facts.lots for entry in lot.candidates]
    if facts.kind is NoticeKind.OPENING_RECORD:
        named += facts.content.get("bids", [])
    return named


def _supplier_party(facts: Facts, supplier: Mapping[str, Any]) -> dict[str, Any]:
    won = any(lot.winner and lot.winner["credit_code"] == supplier["credit_code"] for lot in facts.lots)
    return {
        "id": _party_id(supplier),
        "name": supplier["name"],
        "identifier": _identifier(supplier["credit_code"], supplier["name"]),
        "roles": ["tenderer", "supplier"] if won else ["tenderer"],
    }


def _identifier(code: str, name: str) -> dict[str, str]:
    return {"scheme": SCHEME, "id": code, "legalName": name}


def _party_id(supplier: Mapping[str, Any]) -> str:
    return f"{SCHEME}-{supplier['credit_code']}"


def _value(fen: int | None) -> dict[str, Any] | None:
    return None if fen is None else {"amount": fen / 100, "currency": "CNY"}


def _period(start: str | None, end: str | None) -> dict[str, str] | None:
    found = {name: value for name, value in (("startDate", start), ("endDate", end)) if value}
    return found or None


def _filled(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entries.items() if value not in (None, "", [])}


def _tender(facts: Facts) -> dict[str, Any]:
    amounts = [lot.estimate_fen for lot in facts.lots if lot.estimate_fen is not None]
    first = facts.lots[0] if facts.lots else None
    bids = facts.content.get("bids", []) if facts.kind is NoticeKind.OPENING_RECORD else []
    return _filled(
        {
            "id": facts.number,
            "title": facts.name,
            "description": str(facts.content.get("content", ""))[:4000],
            "status": STATUSES[facts.state],
            "procurementMethod": METHODS[facts.method],
            "mainProcurementCategory": CATEGORIES[facts.category],
            "procuringEntity": {"id": facts.buyer["id"], "name": facts.buyer["name"]},
            "value": _value(sum(amounts) if amounts else None),
            "tenderPeriod": _period(facts.published_at, first.bids_until) if first and first.bids_until else None,
            "enquiryPeriod": _period(first.documents_from, first.documents_until) if first else None,
            "submissionMethod": ["electronicSubmission"],
            "numberOfTenderers": len({bid["credit_code"] for bid in bids}) or None,
            "tenderers": [{"id": _party_id(bid), "name": bid["name"]} for bid in bids],
            "documents": _documents(facts),
            "lots": [_lot(lot) for lot in facts.lots],
            "amendments": _amendments(facts),
        }
    )


def _lot(lot: LotFacts) -> dict[str, Any]:
    return _filled(
        {"id": lot.number, "title": lot.title, "status": STATUSES[lot.state], "value": _value(lot.estimate_fen)}
    )


def _documents(facts: Facts) -> list[dict[str, Any]]:
    own = {
        "id": facts.notice_no,
        "documentType": DOCUMENT_TYPES[facts.kind],
        "title": facts.title,
        "url": facts.address,
        "datePublished": facts.published_at,
        "language": LANGUAGE,
    }
    files = [
        {
            "id": found["id"],
            "documentType": DOCUMENT_TYPES[facts.kind],
            "title": found["title"],
            "url": found["url"],
            "format": found["format"],
            "datePublished": facts.published_at,
        }
        for found in facts.files
    ]
    return [own, *files]


def _amendments(facts: Facts) -> list[dict[str, Any]]:
    if facts.kind is not NoticeKind.CHANGE:
        return []
    said = str(facts.content.get("content", ""))[:2000]
    return [{"id": facts.notice_no, "date": facts.published_at, "description": said}]


def _bid(entry: Mapping[str, Any]) -> dict[str, Any]:
    return _filled(
        {
            "id": entry["bid_id"],
            "status": "valid" if entry["state"] == "decrypted" else "disqualified",
            "date": entry["received_at"],
            "tenderers": [{"id": _party_id(entry), "name": entry["name"]}],
            "value": _value(entry.get("price_fen")),
        }
    )


def _awards(facts: Facts, lot: LotFacts) -> list[dict[str, Any]]:
    statuses = [(entry, _award_status(lot, entry["rank"])) for entry in lot.candidates]
    return [_award(facts, lot, entry, status) for entry, status in statuses]


def _award_status(lot: LotFacts, rank: int) -> str:
    """Of the candidates one is awarded; who was it before is cancelled, who cannot be it any more was unsuccessful."""
    won = lot.winner["rank"] if lot.winner else None
    if rank == won:
        return "active"
    if rank in lot.fallen:
        return "cancelled"
    decided = lot.contract is not None or lot.state is SectionState.FAILED or (won is not None and rank < won)
    return "unsuccessful" if decided else "pending"


def _award(facts: Facts, lot: LotFacts, entry: Mapping[str, Any], status: str) -> dict[str, Any]:
    return _filled(
        {
            "id": f"{lot.number}-A{entry['rank']}",
            "title": lot.title,
            "status": status,
            "date": facts.published_at,
            "value": _value(entry.get("price_fen")),
            "suppliers": [{"id": _party_id(entry), "name": entry["name"]}],
            "relatedLots": [lot.number],
        }
    )


def _contract(facts: Facts, lot: LotFacts) -> dict[str, Any]:
    contract, winner = lot.contract or {}, lot.winner or {"rank": 1}
    return _filled(
        {
            "id": f"{lot.number}-C1",
            "awardID": f"{lot.number}-A{winner['rank']}",
            "title": lot.title,
            "status": "active",
            "value": _value(contract["amount_fen"]),
            "dateSigned": f"{contract['signed_on']}T00:00:00+08:00",
            "period": _period(f"{contract['period_start']}T00:00:00+08:00", f"{contract['period_end']}T00:00:00+08:00"),
        }
    )
