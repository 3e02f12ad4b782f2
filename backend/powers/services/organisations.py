"""Finding, or entering, the organisations that a catalogue file speaks of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from backend.accounts import selectors as accounts
from backend.accounts import services as account_services
from backend.accounts.types import AccountError, CodeKind, Level, OrganisationInfo
from backend.powers.rules.catalogue_csv import CatalogueRow, Fault, home_region
from backend.powers.rules.codes import OrganisationCode, OrganisationCodeKind
from kernel.actors import Actor
from kernel.errors import DomainError

TREE_CODE = re.compile(r"^[0-9A-Z]{4,18}$")
KINDS = {
    OrganisationCodeKind.CREDIT: CodeKind.CREDIT,
    OrganisationCodeKind.LEGACY: CodeKind.LEGACY,
    OrganisationCodeKind.OTHER: CodeKind.OTHER,
}


@dataclass(slots=True)
class Organisations:
    """Organisations of a file by department name, the ones entered for it, and why one could not be found."""

    by_department: dict[str, OrganisationInfo] = field(default_factory=dict)
    created: list[OrganisationInfo] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)


def resolve(*, actor: Actor, rows: tuple[CatalogueRow, ...], parent_code: str) -> Organisations:
    """Find each department by any of its codes, then by name within its region; enter the ones nobody knows.

    A department is one organisation however many codes the file gives it; codes not yet known are added to it. New
    ones stand below `parent_code`, else below the organisation whose code is the region's, else at the root. A
    department that the actor may not enter, or whose code belongs to another, is told as a fault on its first row.
    """
    found = Organisations()
    home = home_region(rows)
    for department, members in _by_department(rows).items():
        try:
            info = _find(department, members, home) or _enter(actor, department, members, home, parent_code, found)
            _add_codes(actor, info, members)
        except DomainError as error:
            value = members[0].organisation_code.value
            reason = f"单位“{department}”无法对应：{error.code.spec.title.zh}"
            found.faults[department] = Fault(members[0].line, "organisation_code", value, reason)
        else:
            found.by_department[department] = info
    return found


def _by_department(rows: Iterable[CatalogueRow]) -> dict[str, list[CatalogueRow]]:
    grouped: dict[str, list[CatalogueRow]] = defaultdict(list)
    for row in rows:
        grouped[row.department].append(row)
    return grouped


def _codes(members: Iterable[CatalogueRow]) -> list[OrganisationCode]:
    """The codes of a department, the most used first."""
    counted = Counter(row.organisation_code for row in members)
    return [code for code, _ in counted.most_common()]


def _region(members: list[CatalogueRow], home: str) -> str:
    return home_region(tuple(members)) or home


def _find(department: str, members: list[CatalogueRow], home: str) -> OrganisationInfo | None:
    region = _region(members, home)
    named = accounts.list_organisations(region=region, query=department) if region else []
    exact = next((info for info in named if department in {info.name, info.short_name}), None)
    for code in _codes(members):
        known = _by_code(code.value)
        if known is not None and (exact is None or known.id == exact.id):
            return known
    return exact


def _by_code(code: str) -> OrganisationInfo | None:
    try:
        return accounts.organisation_by_code(code)
    except DomainError as error:
        if error.code is AccountError.ORGANISATION_NOT_FOUND:
            return None
        raise


def _enter(
    actor: Actor, department: str, members: list[CatalogueRow], home: str, parent_code: str, found: Organisations
) -> OrganisationInfo:
    region = _region(members, home)
    parent = accounts.organisation_by_code(parent_code) if parent_code else _by_code(region)
    info = account_services.create_organisation(
        actor=actor,
        code=_tree_code(_codes(members)),
        name=department,
        short_name=department[:40],
        level=Level.CITY if region.endswith("00") else Level.COUNTY,
        region_code=region,
        parent_id=parent.id if parent else None,
    )
    found.created.append(info)
    return info


def _tree_code(known: list[OrganisationCode]) -> str:
    """A code that may stand in a tree path: the first fitting one, else the first with its signs taken out."""
    fitting = next((code.value for code in known if TREE_CODE.match(code.value)), None)
    return fitting or re.sub(r"[^0-9A-Z]", "", known[0].value)[:18]


def _add_codes(actor: Actor, info: OrganisationInfo, members: list[CatalogueRow]) -> None:
    for code in _codes(members):
        known = _by_code(code.value)
        if known is not None and known.id != info.id:
            raise DomainError(AccountError.CODE_TAKEN)
        if known is None:
            kind = KINDS[code.kind] if code.is_sound else CodeKind.OTHER
            account_services.add_code(actor=actor, organisation_id=info.id, kind=kind, code=code.value)
