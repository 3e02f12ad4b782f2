"""People and the legal persons they act for."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from backend.accounts.models import LegalPerson, Organisation, Representation, User
from backend.accounts.rules.numbers import normalised_credit_code, normalised_mobile
from backend.accounts.selectors import phone_index
from backend.accounts.services.locks import lock_user
from backend.accounts.services.rights import require
from backend.accounts.services.sessions import end_all_sessions
from backend.accounts.types import AccountError, Capacity, EndReason, RepresentationKind, Role
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def create_person(*, actor: Actor, phone: str, capacities: tuple[Capacity, ...] = (Capacity.CITIZEN,)) -> UUID:
    """Open an account for a mobile number, or return the one it has; `capacities` are added to it.

    Raises PHONE_TAKEN for a number that cannot have one.
    """
    number = normalised_mobile(phone)
    if number is None:
        raise DomainError(AccountError.PHONE_TAKEN)
    index, wanted = phone_index(number), sorted(str(capacity) for capacity in capacities)
    user, created = User.objects.get_or_create(
        phone_index=index, defaults={"phone": number, "capacities": wanted, "password": make_password(None)}
    )
    missing = set(wanted) - set(user.capacities)
    if missing:
        user = lock_user(user.pk)
        user.capacities = sorted(missing | set(user.capacities))
        user.save_change("capacities", at=clock.now())
    if created or missing:
        record(
            actor=actor,
            action="account.registered" if created else "account.capacity_added",
            subject=("user", user.pk),
            organisation_id=None,
            data={"capacities": list(user.capacities)},
        )
    return user.pk


def create_official(
    *,
    actor: Actor,
    username: str,
    name: str,
    organisation_id: UUID,
    password: str,
    phone: str = "",
    totp_secret: str | None = None,
    must_change_password: bool = True,
) -> UUID:
    """Open an official's account with a first password. Roles are given separately by the security manager.

    `organisation_id` says whose system manager may do it. Raises FORBIDDEN, ORGANISATION_NOT_FOUND, NAME_TAKEN,
    PHONE_TAKEN.
    """
    return enter_official(
        actor=actor,
        username=username,
        name=name,
        organisation_id=organisation_id,
        hashed_password=make_password(password),
        phone=phone,
        totp_secret=totp_secret,
        must_change_password=must_change_password,
    )


@transaction.atomic
def enter_official(
    *,
    actor: Actor,
    username: str,
    name: str,
    organisation_id: UUID,
    hashed_password: str,
    phone: str,
    totp_secret: str | None,
    must_change_password: bool,
) -> UUID:
    """As `create_official`, for a password that has been hashed already (of an older system, or in bulk)."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise DomainError(AccountError.ORGANISATION_NOT_FOUND)
    require(actor, Role.SYSTEM_MANAGER, path=organisation.path)
    number = normalised_mobile(phone) if phone else None
    if phone and number is None:
        raise DomainError(AccountError.PHONE_TAKEN)
    user = User(
        username=username.strip().lower(),
        name=name,
        phone=number,
        phone_index=phone_index(number) if number else None,
        capacities=[Capacity.OFFICIAL],
        password=hashed_password,
        password_changed_at=clock.now(),
        must_change_password=must_change_password,
        totp_secret=totp_secret,
    )
    _insert(user)
    record(
        actor=actor,
        action="account.official_created",
        subject=("user", user.pk),
        organisation_id=organisation_id,
        data={"username": user.username},
        private={"name": name},
    )
    return user.pk


def _insert(user: User) -> None:
    if User.objects.filter(username=user.username).exists():
        raise DomainError(AccountError.NAME_TAKEN)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as exc:
        raise DomainError(AccountError.PHONE_TAKEN) from exc


@transaction.atomic
def deactivate(*, actor: Actor, user_id: UUID, reason: str) -> None:
    """Switch an account off; all its sessions end at once. Raises FORBIDDEN, USER_NOT_FOUND."""
    user = lock_user(user_id)
    _require_manager_of(actor, user)
    if not user.is_active:
        return
    user.is_active = False
    user.deactivated_at = clock.now()
    user.save_change("is_active", "deactivated_at", at=user.deactivated_at)
    end_all_sessions(actor=actor, user=user, reason=EndReason.DISABLED)
    _note(actor, user, "account.deactivated", reason)


@transaction.atomic
def reactivate(*, actor: Actor, user_id: UUID, reason: str) -> None:
    """Switch an account on again; the person has to sign in anew. Raises FORBIDDEN, USER_NOT_FOUND."""
    user = lock_user(user_id)
    _require_manager_of(actor, user)
    if user.is_active:
        return
    user.is_active = True
    user.deactivated_at = None
    user.save_change("is_active", "deactivated_at", at=clock.now())
    _note(actor, user, "account.reactivated", reason)


@transaction.atomic
def register_legal_person(*, actor: Actor, credit_code: str, name: str) -> UUID:
    """Enter a legal person by its credit code, or return the one entered before. Raises CREDIT_CODE_INVALID."""
    code = normalised_credit_code(credit_code)
    if code is None:
        raise DomainError(AccountError.CREDIT_CODE_INVALID)
    row, created = LegalPerson.objects.get_or_create(credit_code=code, defaults={"name": name})
    if created:
        record(
            actor=actor,
            action="legal_person.registered",
            subject=("legal_person", row.pk),
            organisation_id=None,
            data={"credit_code": code, "name": name},
        )
    return row.pk


@transaction.atomic
def add_representation(*, actor: Actor, user_id: UUID, legal_person_id: UUID, kind: RepresentationKind) -> None:
    """Let somebody act for a legal person from today; doing it twice changes nothing. Raises USER_NOT_FOUND."""
    user = lock_user(user_id)
    _, created = Representation.objects.get_or_create(
        user=user, legal_person_id=legal_person_id, valid_to=None, defaults={"kind": kind, "valid_from": clock.today()}
    )
    if created:
        record(
            actor=actor,
            action="legal_person.represented",
            subject=("legal_person", legal_person_id),
            organisation_id=None,
            data={"user_id": str(user_id), "kind": str(kind)},
        )


@transaction.atomic
def end_representation(*, actor: Actor, user_id: UUID, legal_person_id: UUID) -> None:
    """Let somebody no longer act for a legal person, from today; doing it twice changes nothing.

    The caller has checked that the actor may decide for the legal person. Raises USER_NOT_FOUND.
    """
    user = lock_user(user_id)
    ended = Representation.objects.filter(user=user, legal_person_id=legal_person_id, valid_to=None).update(
        valid_to=clock.today()
    )
    if ended:
        record(
            actor=actor,
            action="legal_person.representation_ended",
            subject=("legal_person", legal_person_id),
            organisation_id=None,
            data={"user_id": str(user_id)},
        )


def _require_manager_of(actor: Actor, user: User) -> None:
    """Whoever manages every organisation where the person holds a role, or the root for people without one."""
    today = clock.today()
    held = user.assignments.select_related("organisation").exclude(valid_to__lte=today)
    paths = {row.organisation.path for row in held} or {""}
    for path in sorted(paths):
        require(actor, Role.SYSTEM_MANAGER, path=path)


def _note(actor: Actor, user: User, action: str, reason: str) -> None:
    record(
        actor=actor,
        action=action,
        subject=("user", user.pk),
        organisation_id=None,
        data={},
        private={"reason": reason},
    )
