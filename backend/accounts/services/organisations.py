"""Organisations: the system manager keeps the tree."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.accounts.models import Organisation, OrganisationCode
from backend.accounts.rules.numbers import child_path, is_organisation_code, normalised_credit_code
from backend.accounts.selectors import organisation_info
from backend.accounts.services.locks import lock_names
from backend.accounts.services.rights import require
from backend.accounts.types import AccountError, CodeKind, Level, OrganisationInfo, Role
from backend.journal.services import record
from kernel.actors import Actor
from kernel.crypto import blind_index
from kernel.errors import DomainError


@transaction.atomic
def create_organisation(
    *,
    actor: Actor,
    code: str,
    name: str,
    short_name: str,
    level: Level,
    region_code: str,
    parent_id: UUID | None = None,
    credit_code: str = "",
) -> OrganisationInfo:
    """Add an organisation below `parent_id` (None: a root). The code never changes afterwards.

    Raises FORBIDDEN, ORGANISATION_NOT_FOUND (parent), CODE_TAKEN (also for a code of a wrong form),
    CREDIT_CODE_INVALID.
    """
    parent = Organisation.objects.select_for_update().filter(pk=parent_id).first() if parent_id else None
    if parent_id and parent is None:
        raise DomainError(AccountError.ORGANISATION_NOT_FOUND)
    path = child_path(parent.path if parent else "", code)
    require(actor, Role.SYSTEM_MANAGER, path=path)
    if not is_organisation_code(code) or _taken(code):
        raise DomainError(AccountError.CODE_TAKEN)
    row = Organisation.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        level=level,
        region_code=region_code,
        parent=parent,
        path=path,
    )
    record(
        actor=actor,
        action="organisation.created",
        subject=("organisation", row.pk),
        organisation_id=row.pk,
        data={"code": code, "name": name, "path": path},
    )
    if credit_code:
        add_code(actor=actor, organisation_id=row.pk, kind=CodeKind.CREDIT, code=credit_code)
    return organisation_info(row)


@transaction.atomic
def add_code(*, actor: Actor, organisation_id: UUID, kind: CodeKind, code: str) -> None:
    """Note a further code of an organisation; noting it twice changes nothing.

    Raises FORBIDDEN, ORGANISATION_NOT_FOUND, CREDIT_CODE_INVALID, CODE_TAKEN when another organisation has it.
    """
    row = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if row is None:
        raise DomainError(AccountError.ORGANISATION_NOT_FOUND)
    require(actor, Role.SYSTEM_MANAGER, path=row.path)
    if kind is CodeKind.CREDIT and normalised_credit_code(code) != code:
        raise DomainError(AccountError.CREDIT_CODE_INVALID)
    if row.codes.filter(code=code).exists():
        return
    if _taken(code):
        raise DomainError(AccountError.CODE_TAKEN)
    OrganisationCode.objects.create(organisation=row, kind=kind, code=code)
    record(
        actor=actor,
        action="organisation.code_added",
        subject=("organisation", row.pk),
        organisation_id=row.pk,
        data={"kind": str(kind), "code": code},
    )


def _taken(code: str) -> bool:
    lock_names([blind_index(code, purpose="accounts.organisation_code")])
    return Organisation.objects.filter(code=code).exists() or OrganisationCode.objects.filter(code=code).exists()
