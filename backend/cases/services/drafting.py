"""Drafts: begun, filled in, given documents. Nobody but the applicant sees them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.attachments import services as attachments
from backend.cases import policies
from backend.cases.models import Case, CaseMaterial
from backend.cases.services import common
from backend.cases.types import ApplicantKind, CaseError, CaseState, Outcome
from backend.journal.services import record
from backend.powers import selectors as powers
from backend.powers.types import MaterialInfo, PowerError, PowerVersionInfo
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7

EDITABLE = frozenset({CaseState.DRAFT, CaseState.SUPPLEMENT_REQUIRED})
MAX_FORM_CHARACTERS = 200_000
CHANGED = "case.changed"
COUNTRY_CODE = "+86"


@transaction.atomic
def start_draft(
    *, actor: Actor, power_id: UUID, applicant_kind: str, legal_person_id: UUID | None, form: Mapping[str, Any]
) -> Case:
    """Begin an application; what the person's account tells already is filled in where `form` leaves it open.

    Raises POWER_NOT_FOUND, POWER_SUSPENDED, NOT_ONLINE, NOT_REPRESENTED, TOO_MANY_DRAFTS.
    """
    version = powers.published_version(power_id)
    if not version.is_online:
        raise DomainError(PowerError.NOT_ONLINE, name=version.name)
    _check_represents(actor, applicant_kind, legal_person_id)
    _check_room(actor)
    organisation = accounts.organisation(version.organisation_id)
    now = clock.now()
    case = Case.objects.create(
        id=uuid7(),
        created_at=now,
        updated_at=now,
        power_id=version.power_id,
        power_version_id=version.id,
        power_name=version.name,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        organisation_path=organisation.path,
        applicant_id=actor.person_id,
        applicant_kind=applicant_kind,
        legal_person_id=legal_person_id,
        form=_dumped({**_known_answers(actor, version, legal_person_id), **form}),
        state=CaseState.DRAFT,
    )
    _note(actor, case, "case.draft_started")
    return case


@transaction.atomic
def update_draft(*, actor: Actor, case_id: UUID, version: int, form: Mapping[str, Any]) -> Case:
    """Replace the answers of a draft, or of a case that waits for documents.

    Raises NOT_FOUND, STALE, ACTION_NOT_ALLOWED.
    """
    case = common.own_case(actor, case_id, version)
    _check_editable(case)
    case.form = _dumped(form)
    case.save_change("form", at=clock.now())
    _note(actor, case, "case.draft_changed")
    return case


def add_material(*, actor: Actor, case_id: UUID, code: str, upload: Any, filename: str) -> CaseMaterial:
    """Take in a file for one entry of the list of documents.

    Raises NOT_FOUND, ACTION_NOT_ALLOWED, MATERIAL_UNKNOWN, MATERIAL_FULL, and what `attachments.store` raises. The
    file is checked before the case is locked; a refusal leaves nothing behind.
    """
    wanted = _wanted(actor, case_id, code)
    stored = attachments.store(
        actor=actor,
        upload=upload,
        filename=filename,
        accepts=wanted.accepts,
        max_bytes=wanted.max_bytes,
        owner=("case", case_id),
    )
    try:
        return _attach(actor, case_id, wanted, stored)
    except DomainError:
        attachments.discard(actor=actor, file_id=stored.id)
        raise


def _wanted(actor: Actor, case_id: UUID, code: str) -> MaterialInfo:
    case = Case.objects.filter(pk=case_id, applicant_id=actor.person_id).first()
    if case is None:
        raise DomainError(CaseError.NOT_FOUND)
    _check_editable(case)
    wanted = common.power_of(case).material(code)
    if wanted is None:
        raise DomainError(CaseError.MATERIAL_UNKNOWN)
    return wanted


@transaction.atomic
def _attach(actor: Actor, case_id: UUID, wanted: MaterialInfo, stored: Any) -> CaseMaterial:
    case = common.own_case(actor, case_id, None)
    _check_editable(case)
    if case.materials.filter(code=wanted.code, removed_at=None).count() >= wanted.max_files:
        raise DomainError(CaseError.MATERIAL_FULL, limit=wanted.max_files)
    now = clock.now()
    material = CaseMaterial.objects.create(
        id=uuid7(),
        case=case,
        code=wanted.code,
        file_id=stored.id,
        filename=stored.filename,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        at=now,
    )
    case.save_change(at=now)
    _note(actor, case, "case.material_added", code=wanted.code, sha256=stored.sha256)
    return material


@transaction.atomic
def remove_material(*, actor: Actor, case_id: UUID, material_id: UUID) -> None:
    """Take a file back while the case can still be edited. Raises NOT_FOUND, ACTION_NOT_ALLOWED, MATERIAL_NOT_FOUND."""
    case = common.own_case(actor, case_id, None)
    _check_editable(case)
    material = case.materials.filter(pk=material_id, removed_at=None).first()
    if material is None:
        raise DomainError(CaseError.MATERIAL_NOT_FOUND)
    now = clock.now()
    material.removed_at = now
    material.save(update_fields=["removed_at"])
    attachments.discard(actor=actor, file_id=material.file_id)
    case.save_change(at=now)
    _note(actor, case, "case.material_removed", code=material.code, sha256=material.sha256)


def _known_answers(actor: Actor, item: PowerVersionInfo, legal_person_id: UUID | None) -> dict[str, str]:
    """Answers to the questions whose `x-prefill` names something the person's account knows."""
    fields: Mapping[str, Mapping[str, Any]] = item.form_schema.get("properties", {})
    wanted = {name: str(field["x-prefill"]) for name, field in fields.items() if "x-prefill" in field}
    if not wanted:
        return {}
    known = _known_of(actor.person_id, legal_person_id)
    return {name: known[source] for name, source in wanted.items() if known.get(source)}


def _known_of(person_id: UUID, legal_person_id: UUID | None) -> dict[str, str]:
    known = {"account.phone": (accounts.contact_phone(person_id) or "").removeprefix(COUNTRY_CODE)}
    identity = accounts.identity_of(person_id)
    if identity is not None:
        known |= {"identity.name": identity.name, "identity.id_number": identity.id_number or ""}
    if legal_person_id is not None:
        company = next(one for one in accounts.legal_persons_of(person_id) if one.id == legal_person_id)
        known |= {"legal_person.name": company.name, "legal_person.credit_code": company.credit_code}
    return known


def _check_editable(case: Case) -> None:
    if CaseState(case.state) not in EDITABLE:
        raise DomainError(CaseError.ACTION_NOT_ALLOWED, state=common.label_of(case))


def _check_represents(actor: Actor, kind: str, legal_person_id: UUID | None) -> None:
    if kind == ApplicantKind.PERSON:
        if legal_person_id is not None:
            raise DomainError(CaseError.NOT_REPRESENTED)
        return
    represented = {person.id for person in accounts.legal_persons_of(actor.person_id)}
    if legal_person_id not in represented:
        raise DomainError(CaseError.NOT_REPRESENTED)


def _check_room(actor: Actor) -> None:
    limit = policies.value(policies.DRAFTS, clock.today())
    if Case.objects.filter(applicant_id=actor.person_id, state=CaseState.DRAFT).count() >= limit:
        raise DomainError(CaseError.TOO_MANY_DRAFTS, limit=limit)


def _dumped(form: Mapping[str, Any]) -> str:
    text = json.dumps(form, ensure_ascii=False)
    if len(text) > MAX_FORM_CHARACTERS:
        raise DomainError(CaseError.FORM_INVALID)
    return text


def _note(actor: Actor, case: Case, action: str, **facts: Any) -> None:
    record(
        actor=actor,
        action=action,
        subject=("case", case.id),
        organisation_id=case.organisation_id,
        data={"version": case.version, **facts},
    )
    if case.case_no:
        common.show(case, uuid7(), CHANGED)


def throw_away(actor: Actor, case: Case) -> None:
    """End a draft that was never handed in: its files and answers go, nobody but the applicant knew of it.

    The caller holds the row's lock. Keeps no longer than needed (Personal Information Protection Law Art. 19).
    """
    now = clock.now()
    for material in case.materials.filter(removed_at=None):
        material.removed_at = now
        material.save(update_fields=["removed_at"])
        attachments.discard(actor=actor, file_id=material.file_id)
    case.form = _dumped({})
    case.state, case.outcome, case.closed_at = CaseState.WITHDRAWN, Outcome.WITHDRAWN, now
    case.save_change("form", "state", "outcome", "closed_at", at=now)
    _note(actor, case, "case.draft_withdrawn")
