"""Roles: the security manager gives and takes them; both work at once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from backend.accounts.events import RIGHTS_CHANGED
from backend.accounts.models import Organisation, RoleAssignment, User
from backend.accounts.rules.numbers import may_hold_together
from backend.accounts.services.locks import lock_user
from backend.accounts.services.rights import require
from backend.accounts.types import AccountError, Capacity, Role
from backend.journal.services import record_change
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def grant_role(*, actor: Actor, user_id: UUID, role: Role, organisation_id: UUID) -> None:
    """Appoint an official to a role at an organisation, from today; granting it twice changes nothing.

    Raises FORBIDDEN, USER_NOT_FOUND, ORGANISATION_NOT_FOUND, MANAGERS_SEPARATE.
    """
    user = lock_user(user_id)
    organisation = _organisation(organisation_id)
    require(actor, Role.SECURITY_MANAGER, path=organisation.path)
    today = clock.today()
    held = RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today), user=user)
    if held.filter(role=role, organisation=organisation).exists():
        return
    if not may_hold_together([str(role), *held.values_list("role", flat=True)]):
        raise DomainError(AccountError.MANAGERS_SEPARATE)
    RoleAssignment.objects.create(user=user, role=role, organisation=organisation, valid_from=today)
    if Capacity.OFFICIAL not in user.capacities:
        user.capacities = sorted([*user.capacities, Capacity.OFFICIAL])
        user.save_change("capacities", at=clock.now())
    _tell(actor, user, role, organisation, "granted")


@transaction.atomic
def revoke_role(*, actor: Actor, user_id: UUID, role: Role, organisation_id: UUID) -> bool:
    """Take a role away, from this moment. False when it was not held. Raises as `grant_role`."""
    user = lock_user(user_id)
    organisation = _organisation(organisation_id)
    require(actor, Role.SECURITY_MANAGER, path=organisation.path)
    today = clock.today()
    held = RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today), user=user, role=role)
    if not held.filter(organisation=organisation).update(valid_to=today):
        return False
    _tell(actor, user, role, organisation, "revoked")
    return True


def _organisation(organisation_id: UUID) -> Organisation:
    row = Organisation.objects.filter(pk=organisation_id).first()
    if row is None:
        raise DomainError(AccountError.ORGANISATION_NOT_FOUND)
    return row


def _tell(actor: Actor, user: User, role: Role, organisation: Organisation, change: str) -> None:
    record_change(
        actor=actor,
        event=RIGHTS_CHANGED,
        subject=("user", user.pk),
        organisation_id=organisation.pk,
        data={"user_id": str(user.pk), "role": str(role), "change": change},
    )
