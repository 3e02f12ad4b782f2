"""Passwords: checked in constant time, changed by the rules, never the last few again."""

from __future__ import annotations

from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q

from backend.accounts.models import Device, PasswordHistory, User
from backend.accounts.rules.actors import person_of
from backend.accounts.rules.secrets import MAX_PASSWORD, PasswordFault, is_repeated, password_faults
from backend.accounts.services import guesses
from backend.accounts.services.clients import known_device
from backend.accounts.services.locks import lock_user
from backend.accounts.services.policies import current_policy
from backend.accounts.services.sessions import end_all_sessions
from backend.accounts.types import MANAGER_ROLES, AccountError, Client, EndReason
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return make_password("a password that nobody has")


def fits(user: User | None, password: str) -> bool:
    """Whether this is the password of an active person; takes the same time when there is no such person."""
    hashed = user.password if user is not None and user.has_usable_password() else _nobodys_hash()
    right = check_password(password[:MAX_PASSWORD], hashed)
    return right and user is not None and user.is_active and hashed == user.password


def change_is_due(user: User) -> bool:
    """Whether the person must choose a new password now: first sign-in, or the old one is too old."""
    if user.must_change_password or user.password_changed_at is None:
        return True
    return (clock.now() - user.password_changed_at).days >= current_policy().password_days


def refuse_unfit(user: User, password: str) -> None:
    """Raise PASSWORD_REFUSED with what is wrong with a new password."""
    policy = current_policy()
    managers = [str(role) for role in MANAGER_ROLES]
    today = clock.today()
    held = user.assignments.filter(Q(valid_to=None) | Q(valid_to__gt=today), role__in=managers)
    least = policy.manager_password_length if held.exists() else policy.password_length
    faults = password_faults(password, username=user.username or "", least=least)
    former = list(user.former_passwords.order_by("-replaced_at").values_list("password", flat=True))
    last = [user.password, *former][: policy.password_history]
    if not faults and is_repeated(password, last, check_password):
        text = Text(
            f"不能与最近 {policy.password_history} 次用过的密码相同。",
            f"It must differ from the last {policy.password_history} passwords.",
        )
        faults.append(PasswordFault("password_repeated", text))
    if faults:
        errors = [FieldError("/new_password", fault.code, fault.text) for fault in faults]
        raise DomainError(AccountError.PASSWORD_REFUSED, errors=errors)


def set_password(*, actor: Actor, user: User, password: str) -> None:
    """Set a checked new password of a locked person; all other sessions end, other devices are no longer known."""
    now = clock.now()
    PasswordHistory.objects.create(user=user, password=user.password, replaced_at=now)
    user.password = make_password(password)
    user.password_changed_at = now
    user.must_change_password = False
    user.save_change("password", "password_changed_at", "must_change_password", at=now)
    Device.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    end_all_sessions(actor=actor, user=user, reason=EndReason.PASSWORD_CHANGED, except_id=actor.session_id)
    record(actor=actor, action="account.password_changed", subject=("user", user.pk), organisation_id=None, data={})


def change_password(*, actor: Actor, password: str, new_password: str, client: Client) -> None:
    """Choose a new password, knowing the old one. Raises GUESS_LIMIT, SIGN_IN_FAILED, PASSWORD_REFUSED."""
    user = User.objects.get(pk=person_of(actor))
    device = known_device(user, client)
    guess = guesses.reserve(
        account=user.username or str(user.pk), client=client, device_id=device.pk if device else actor.session_id
    )
    if not fits(user, password):
        raise DomainError(AccountError.SIGN_IN_FAILED)
    guesses.forgive(guess)
    with transaction.atomic():
        locked = lock_user(user.pk)
        refuse_unfit(locked, new_password)
        set_password(actor=actor, user=locked, password=new_password)
