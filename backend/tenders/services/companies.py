"""Companies and the people who act for them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts import services as account_services
from backend.accounts.types import LegalPersonInfo, RealNameLevel, RepresentationKind
from backend.tenders.services import common
from backend.tenders.types import TenderError
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def register_company(*, actor: Actor, credit_code: str, name: str) -> LegalPersonInfo:
    """Enter one's company. Whoever does it first is its legal representative; after that only by authorisation.

    Raises NOT_REPRESENTED without a checked identity or when somebody represents it already, CREDIT_CODE_INVALID.
    """
    person = accounts.identity_of(actor.person_id)
    if person is None or person.level < RealNameLevel.ID_CHECKED:
        raise DomainError(TenderError.IDENTITY_NEEDED)
    company_id = account_services.register_legal_person(actor=actor, credit_code=credit_code, name=name)
    common.take_turn(company_id.bytes)
    known = accounts.representatives_of(company_id)
    if known and actor.user_id not in known:
        raise DomainError(TenderError.NOT_REPRESENTED)
    if not known:
        account_services.add_representation(
            actor=actor,
            user_id=actor.person_id,
            legal_person_id=company_id,
            kind=RepresentationKind.LEGAL_REPRESENTATIVE,
        )
    return common.represented(actor, company_id)


@transaction.atomic
def authorise(*, actor: Actor, company_id: UUID, phone: str) -> UUID:
    """Let somebody else act for one's company; the legal representative only. Raises NOT_REPRESENTED, NOT_FOUND for a
    number nobody signs in with."""
    company = common.represented(actor, company_id)
    if company.kind != RepresentationKind.LEGAL_REPRESENTATIVE:
        raise DomainError(TenderError.NOT_REPRESENTED)
    person = accounts.person_with_phone(phone)
    if person is None:
        raise DomainError(TenderError.NOT_FOUND)
    account_services.add_representation(
        actor=actor, user_id=person, legal_person_id=company_id, kind=RepresentationKind.AGENT
    )
    return person


@transaction.atomic
def withdraw_authorisation(*, actor: Actor, company_id: UUID, person_id: UUID) -> None:
    """End somebody's acting for one's company; the legal representative only, and not for himself.

    Raises NOT_REPRESENTED, NOT_FOUND.
    """
    company = common.represented(actor, company_id)
    if company.kind != RepresentationKind.LEGAL_REPRESENTATIVE:
        raise DomainError(TenderError.NOT_REPRESENTED)
    if person_id == actor.user_id or person_id not in accounts.representatives_of(company_id):
        raise DomainError(TenderError.NOT_FOUND)
    account_services.end_representation(actor=actor, user_id=person_id, legal_person_id=company_id)
