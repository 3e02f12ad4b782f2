"""Projects, sections and the key of the opening."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record
from backend.tenders.models import Opener, Project, Section
from backend.tenders.policies import rules_on
from backend.tenders.rules import sealing
from backend.tenders.services import common
from backend.tenders.types import SectionState, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text
from kernel.ids import take_number, uuid7

SHARES = 3
_DIGEST = re.compile(r"[0-9a-f]{64}")
_BOND = Text("投标保证金不得超过估算价的 {percent}%。", "At most {percent} % of the estimate.")


@transaction.atomic
def create_project(
    *, actor: Actor, organisation_id: UUID, facts: Mapping[str, Any], sections: Sequence[Mapping[str, Any]]
) -> Project:
    """Enter a project with its sections; nobody sees it before its first notice.

    `facts`: name, category, region_code, law, method, agent_name, public_funds. Each section: name, estimate_fen,
    max_price_fen, bond_fen, opening_place, required_documents. Raises NOT_FOUND outside the actor's organisations,
    CONTENT_INCOMPLETE for a bond beyond the lawful share of the estimate.
    """
    organisation = accounts.organisation(organisation_id)
    if not actor.has_role(common.EDITOR, path=organisation.path):
        raise DomainError(TenderError.NOT_FOUND)
    now = clock.now()
    _check_bonds(facts["law"], sections)
    year = str(clock.local(now).year)
    serial = take_number("tender", year)
    number = f"SQ{year}{serial:05d}"
    project = Project.objects.create(
        id=uuid7(),
        number=number,
        ocid=f"{settings.OCID_PREFIX}-{number}",
        organisation_id=organisation.id,
        organisation_path=organisation.path,
        buyer_name=organisation.name,
        state=SectionState.PLANNED,
        created_at=now,
        updated_at=now,
        **facts,
    )
    for place, wanted in enumerate(sections, 1):
        Section.objects.create(
            id=uuid7(), project=project, number=f"{number}-{place:02d}", state=SectionState.PLANNED, **wanted
        )
    common.refresh(project, now)
    _note(actor, "tender.project_created", project, {"number": number, "sections": len(sections)})
    return project


def _check_bonds(law: str, sections: Sequence[Mapping[str, Any]]) -> None:
    percent = rules_on(law, clock.today())["bond_percent"].value
    faults = [
        FieldError(f"/sections/{place}/bond_fen", "too_high", _BOND, {"percent": percent})
        for place, wanted in enumerate(sections)
        if wanted.get("bond_fen", 0) * 100 > (wanted.get("estimate_fen") or 0) * percent
    ]
    if faults:
        raise DomainError(TenderError.CONTENT_INCOMPLETE, errors=faults)


@transaction.atomic
def set_opening_key(
    *, actor: Actor, section_id: UUID, public_key: bytes, openers: Sequence[Mapping[str, Any]]
) -> Section:
    """Fix the public key of a section and who holds the three shares of the private one.

    The key was made and split on the tenderer's device; here arrive only the public point and the SHA-256 of each
    share. Two of three shares open. Possible until the tender notice. Raises NOT_FOUND, KEY_FIXED, KEY_INVALID.
    """
    section = common.desk_section(actor, section_id)
    if section.state not in {SectionState.PLANNED, SectionState.PREQUALIFYING}:
        raise DomainError(TenderError.KEY_FIXED)
    _check_key(section, public_key, openers)
    section.openers.all().delete()
    for opener in openers:
        Opener.objects.create(
            section=section,
            person_id=opener["person_id"],
            title=opener["title"],
            share_digest=opener["share_digest"],
        )
    section.public_key, section.key_id = public_key, sealing.key_id(public_key)
    section.save_change("public_key", "key_id", at=clock.now())
    record(
        actor=actor,
        action="tender.key_set",
        subject=("tender_section", section.id),
        organisation_id=section.project.organisation_id,
        data={"key_id": section.key_id, "shares": [opener["share_digest"] for opener in openers]},
    )
    return section


def _check_key(section: Section, public_key: bytes, openers: Sequence[Mapping[str, Any]]) -> None:
    people = {opener["person_id"] for opener in openers}
    digests = {opener["share_digest"] for opener in openers}
    allowed = set(accounts.people_with_role(common.OPENER, section.project.organisation_id or UUID(int=0)))
    fits = (
        sealing.is_point(public_key)
        and len(openers) == len(people) == len(digests) == SHARES
        and all(_DIGEST.fullmatch(digest) for digest in digests)
        and people <= allowed
    )
    if not fits:
        raise DomainError(TenderError.KEY_INVALID)


def _note(actor: Actor, action: str, project: Project, data: Mapping[str, Any]) -> None:
    record(
        actor=actor,
        action=action,
        subject=("tender_project", project.id),
        organisation_id=project.organisation_id,
        data=data,
    )
