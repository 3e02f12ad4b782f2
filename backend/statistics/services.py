"""The only writers of the facts behind the published figures."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record
from backend.powers import selectors as powers
from backend.statistics.models import CaseFact
from backend.statistics.types import PastCase, PastImport, StatisticsError
from backend.workflow import selectors as workflow
from backend.workflow.types import DeadlineInfo, Unit
from kernel.actors import Actor
from kernel.errors import DomainError

OWN = "cases"
PROMISE = "promise"
BATCH = 2000
COLUMNS = tuple(PastCase.__dataclass_fields__)
_YES_NO = {"1": True, "0": False, "": None}


def note_received(*, case_id: UUID, organisation_id: UUID, power_id: UUID, received_on: date) -> None:
    """An application came in; hearing of it twice changes nothing."""
    CaseFact.objects.get_or_create(
        source=OWN,
        reference=str(case_id),
        defaults={
            "organisation_id": organisation_id,
            "power_id": power_id,
            "themes": powers.themes_of([power_id]).get(power_id, []),
            "received_on": received_on,
        },
    )


def note_closed(*, case_id: UUID, organisation_id: UUID, power_id: UUID, closed_on: date) -> None:
    """A case was closed: how long the decision took against the promise, pauses and extensions minded."""
    promise = next(iter(workflow.deadlines(("case", case_id), kinds=(PROMISE,))), None)
    received_on = promise.start_on if promise else closed_on
    note_received(case_id=case_id, organisation_id=organisation_id, power_id=power_id, received_on=received_on)
    CaseFact.objects.filter(source=OWN, reference=str(case_id)).update(closed_on=closed_on, **_measured(promise))


def note_rating(*, case_id: UUID, level: int | None) -> None:
    """A rating was given or changed (1–5), or a second person found that it does not count (None)."""
    CaseFact.objects.filter(source=OWN, reference=str(case_id)).update(rating_level=level)


@transaction.atomic
def import_past(*, actor: Actor, source: str, cases: Iterable[PastCase]) -> PastImport:
    """Take in cases of the system before, under the name of that system. Known references stay as they are.

    Cases of unknown organisations or items are refused one by one, each with the reason.
    """
    rows = list(cases)
    report = PastImport(total=len(rows))
    known = set(CaseFact.objects.filter(source=source).values_list("reference", flat=True))
    places = _Places(rows)
    facts: list[CaseFact] = []
    for start in range(0, len(rows), BATCH):
        batch: list[CaseFact] = []
        for number, row in enumerate(rows[start : start + BATCH], start=start + 1):
            if reason := places.fault(row):
                report.refused[number] = reason
            elif row.reference not in known:
                known.add(row.reference)
                batch.append(places.fact(source, row))
        facts += CaseFact.objects.bulk_create(batch)
    report.taken = len(facts)
    report.known = report.total - report.taken - len(report.refused)
    if facts:
        _tell(actor, source, facts)
    return report


def read_past(raw: bytes) -> list[PastCase]:
    """The cases of a CSV file (UTF-8, with or without BOM). Raises STATISTICS_FILE_UNREADABLE with the line."""
    try:
        table = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise DomainError(StatisticsError.FILE_UNREADABLE, reason="UTF-8") from error
    missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
    if missing:
        raise DomainError(StatisticsError.FILE_UNREADABLE, reason=", ".join(missing))
    return [_past_case(number, line) for number, line in enumerate(table, start=2)]


class _Places:
    """Organisations and items behind the codes of a file."""

    def __init__(self, rows: Sequence[PastCase]) -> None:
        self.items = powers.local_codes(sorted({row.item_code for row in rows}))
        self.themes = powers.themes_of(list(self.items.values()))
        self.offices = {code: self._find_office(code) for code in {row.organisation_code for row in rows}}

    @staticmethod
    def _find_office(code: str) -> UUID | None:
        try:
            return accounts.organisation_by_code(code).id
        except DomainError:
            return None

    def office(self, code: str) -> UUID:
        """The organisation with a code that has one."""
        found = self.offices[code]
        if found is None:
            raise LookupError(code)
        return found

    def fault(self, row: PastCase) -> str:
        """Why a case cannot be taken; empty when it can."""
        if self.offices[row.organisation_code] is None:
            return f"没有这个单位：{row.organisation_code}"
        if row.item_code not in self.items:
            return f"总库中没有这个事项：{row.item_code}"
        if row.closed_on is not None and row.closed_on < row.received_on:
            return "办结日期早于收件日期"
        return ""

    def fact(self, source: str, row: PastCase) -> CaseFact:
        """The row of a case without fault."""
        power_id = self.items[row.item_code]
        return CaseFact(
            source=source,
            reference=row.reference,
            organisation_id=self.office(row.organisation_code),
            power_id=power_id,
            themes=self.themes.get(power_id, []),
            received_on=row.received_on,
            closed_on=row.closed_on,
            working_days=row.working_days,
            promised_days=row.promised_days,
            is_on_time=row.is_on_time,
            rating_level=row.rating_level,
        )


def _measured(promise: DeadlineInfo | None) -> dict[str, Any]:
    if promise is None:
        return {}
    is_counted = promise.unit is Unit.WORKING_DAYS
    return {
        "is_on_time": not promise.overdue,
        "working_days": promise.elapsed if is_counted else None,
        "promised_days": promise.limit if is_counted else None,
    }


def _past_case(number: int, line: Mapping[str, str]) -> PastCase:
    try:
        return PastCase(
            reference=line["reference"].strip()[:64],
            organisation_code=line["organisation_code"].strip(),
            item_code=line["item_code"].strip(),
            received_on=date.fromisoformat(line["received_on"]),
            closed_on=date.fromisoformat(line["closed_on"]) if line["closed_on"] else None,
            working_days=int(line["working_days"]) if line["working_days"] else None,
            promised_days=int(line["promised_days"]) if line["promised_days"] else None,
            is_on_time=_YES_NO[line["is_on_time"].strip()],
            rating_level=int(line["rating_level"]) if line["rating_level"] else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError(StatisticsError.FILE_UNREADABLE, reason=f"第{number}行：{error}") from error


def _tell(actor: Actor, source: str, facts: Iterable[CaseFact]) -> None:
    digest = hashlib.sha256()
    count = 0
    for fact in facts:
        digest.update(f"{fact.reference}\n".encode())
        count += 1
    record(
        actor=actor,
        action="statistics.past_imported",
        subject=("statistics", None),
        organisation_id=None,
        data={"source": source, "cases": count, "references": digest.hexdigest()},
    )
