"""Putting the prepared items of data/items in force for real organisations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo
from backend.powers import events
from backend.powers.models import PowerItem, PowerType, PowerVersion
from backend.powers.rules import catalogue_files, codes
from backend.powers.rules import content as content_rules
from backend.powers.services import rows
from backend.powers.types import LifeCycle, PowerError, VersionContent
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(slots=True)
class LoadReport:
    """Local codes of what was published anew, published as a further version, or left as it was."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def load_items(*, actor: Actor, organisation_ids: Iterable[UUID]) -> LoadReport:
    """Publish the prepared items for every given organisation whose department and level they belong to.

    The department is told from the organisation's name. Loading again publishes a further version of an item whose
    file has changed, and leaves the rest alone. Items go in force at once, without review: the files are part of the
    product and were reviewed with it. Raises INVALID when a file breaks the checks of the repository.
    """
    common = json.loads((DATA / "common.json").read_text(encoding="utf-8"))
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "items").glob("*.json"))]
    report = LoadReport()
    for organisation in [accounts.organisation(organisation_id) for organisation_id in organisation_ids]:
        department = department_of(organisation.name, common["departments"])
        for document in documents:
            if document["department"] == department and organisation.level in document["levels"]:
                _load(actor, organisation, document, common, report)
    return report


def department_of(name: str, departments: Mapping[str, list[str]]) -> str | None:
    """The two letters of the department that an organisation's name shows, None when it shows none."""
    found = (letters for letters, words in departments.items() if any(word in name for word in words))
    return next(found, None)


@transaction.atomic
def _load(
    actor: Actor,
    organisation: OrganisationInfo,
    document: Mapping[str, Any],
    common: Mapping[str, Any],
    report: LoadReport,
) -> None:
    kind = PowerType.objects.get(pk=document["type"])
    code = codes.local_code(organisation.region_code, document["department"], kind.letters, document["serial"])
    content = catalogue_files.expand(document, common, organisation=organisation.short_name or organisation.name)
    _check(kind, content)
    item = PowerItem.objects.select_for_update().filter(local_code=code).first()
    last = item.versions.order_by("-number").first() if item else None
    if last is not None and rows.content_of(last) == content:
        report.unchanged.append(code)
        return
    (report.changed if item else report.created).append(code)
    if item is None:
        item = PowerItem.objects.create(
            local_code=code,
            code_kind=codes.CodeKind.LOCAL,
            type=kind,
            organisation_id=organisation.id,
            region_code=organisation.region_code,
            state=LifeCycle.PUBLISHED,
            state_since=clock.now(),
        )
    _put_in_force(actor, item, last, content)


def _put_in_force(actor: Actor, item: PowerItem, last: PowerVersion | None, content: VersionContent) -> None:
    today = clock.today()
    if last is not None:
        last.effective_to = today
        last.save_change("effective_to", at=clock.now())
    version = PowerVersion(
        item=item,
        number=last.number + 1 if last else 1,
        state=LifeCycle.PUBLISHED,
        effective_from=today,
        published_by=actor.user_id,
        published_at=clock.now(),
    )
    rows.fill(version, content)
    version.save(force_insert=True)
    rows.tell(events.POWER_PUBLISHED, actor=actor, version=version, extra={"effective_from": today.isoformat()})


def _check(kind: PowerType, content: VersionContent) -> None:
    faults = content_rules.check_content(
        content, basis_required=kind.is_basis_required, applied_for=kind.is_applied_for
    )
    if faults:
        raise DomainError(PowerError.INVALID, errors=faults)
