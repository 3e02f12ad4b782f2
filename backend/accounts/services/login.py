"""Officials sign in with two factors: a password, then a code of their authenticator (F32, MLPS 8.1.4.1 d)."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

import pyotp
from django.db import transaction
from django.db.models import F, Q

from backend.accounts.models import Device, MfaChallenge, RefreshSession, User
from backend.accounts.rules.actors import person_of, session_of
from backend.accounts.rules.secrets import matching_step
from backend.accounts.services import guesses, passwords
from backend.accounts.services.clients import digest_of, known_device, mark_of, remember_device
from backend.accounts.services.locks import lock_user
from backend.accounts.services.policies import current_policy
from backend.accounts.services.sessions import open_session
from backend.accounts.types import AccountError, Client, ClientKind, Enrolment, FactorRequested, SignedIn
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError

_CODE_TRIES = 5
ISSUER = "宿迁政务"


def login(*, username: str, password: str, client: Client) -> FactorRequested:
    """Check the password and ask for the second factor. Same answer and time for unknown names.

    Somebody without an authenticator yet gets the secret to set one up, to be confirmed with the code.
    Raises GUESS_LIMIT, SIGN_IN_FAILED.
    """
    account = username.strip().lower()
    user = User.objects.filter(username=account).first()
    device = known_device(user, client)
    guess = guesses.reserve(account=account, client=client, device_id=device.pk if device else None)
    if user is None or not passwords.fits(user, password):
        if user is None:
            passwords.fits(None, password)
        _note_failure(user, client, "password")
        raise DomainError(AccountError.SIGN_IN_FAILED)
    guesses.forgive(guess)
    return _challenge(user, client, device)


def _challenge(user: User, client: Client, device: Device | None) -> FactorRequested:
    now = clock.now()
    token = secrets.token_urlsafe(32)
    pending = None if user.totp_secret else pyotp.random_base32()
    row = MfaChallenge.objects.create(
        user=user,
        token_digest=digest_of(token),
        client_mark=mark_of(client),
        client=client.kind,
        device_id=device.pk if device else None,
        pending_secret=pending,
        token_version=user.token_version,
        expires_at=now + timedelta(seconds=current_policy().challenge_seconds),
    )
    return FactorRequested(
        mfa_token=token,
        expires_at=row.expires_at,
        enrolment=_enrolment(user, pending) if pending else None,
        password_change_required=passwords.change_is_due(user),
    )


def _enrolment(user: User, secret: str) -> Enrolment:
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=user.username or "", issuer_name=ISSUER))


def confirm_factor(*, mfa_token: str, code: str, client: Client, new_password: str | None = None) -> SignedIn:
    """Finish the sign-in with the authenticator's code; `new_password` where one is due.

    The token works once, for one client, for a few minutes and five tries; a code works once. Raises CODE_INVALID,
    GUESS_LIMIT, PASSWORD_CHANGE_REQUIRED, PASSWORD_REFUSED.
    """
    row = _open_challenge(mfa_token, client)
    user = row.user
    if new_password is None and passwords.change_is_due(user):
        raise DomainError(AccountError.PASSWORD_CHANGE_REQUIRED)
    if new_password is not None:
        passwords.refuse_unfit(user, new_password)
    guess = guesses.reserve(account=user.username or "", client=client, device_id=row.device_id)
    with transaction.atomic(durable=True):
        signed_in = _finish(row, code, replace(client, kind=ClientKind(row.client)), new_password)
    if signed_in is None:
        _note_failure(user, client, "second_factor")
        raise DomainError(AccountError.CODE_INVALID)
    guesses.forgive(guess)
    return signed_in


def _open_challenge(mfa_token: str, client: Client) -> MfaChallenge:
    alive = MfaChallenge.objects.select_related("user").filter(
        used_at=None, expires_at__gt=clock.now(), user__is_active=True, token_version=F("user__token_version")
    )
    row = alive.filter(token_digest=digest_of(mfa_token), client_mark=mark_of(client)).first()
    if row is None:
        raise DomainError(AccountError.CODE_INVALID)
    return row


def _finish(row: MfaChallenge, code: str, client: Client, new_password: str | None) -> SignedIn | None:
    counted = MfaChallenge.objects.filter(pk=row.pk, used_at=None, attempts__lt=_CODE_TRIES)
    if not counted.update(attempts=F("attempts") + 1):
        return None
    user, now = lock_user(row.user_id), clock.now()
    secret = user.totp_secret or row.pending_secret
    if not user.is_active or user.token_version != row.token_version or not _use_code(user, secret, code, now):
        return None
    MfaChallenge.objects.filter(pk=row.pk).update(used_at=now)
    if user.totp_secret is None:
        user.totp_secret = row.pending_secret
        user.save_change("totp_secret", at=now)
    if new_password is not None:
        passwords.set_password(actor=_actor(user, client, None), user=user, password=new_password)
    return _open(row, user, client, now)


def _open(row: MfaChallenge, user: User, client: Client, now: datetime) -> SignedIn:
    device = Device.objects.filter(pk=row.device_id, revoked_at=None).first() if row.device_id else None
    token = None
    if device is None:
        device, token = remember_device(user, client)
    else:
        Device.objects.filter(pk=device.pk).update(seen_at=now)
    signed_in = open_session(user=user, client=client, mfa_at=now, device=device, device_token=token)
    record(
        actor=_actor(user, client, signed_in),
        action="account.signed_in",
        subject=("user", user.pk),
        organisation_id=None,
        data={"method": "password+totp", "known_device": token is None},
        private={"device_name": client.device_name},
    )
    return signed_in


def step_up(*, actor: Actor, code: str, client: Client) -> datetime:
    """Show the second factor again in a running session, for acts that need a fresh one. Returns its time.

    Raises CODE_INVALID (also for people without a second factor), GUESS_LIMIT.
    """
    user = User.objects.filter(pk=person_of(actor)).first()
    if user is None or user.totp_secret is None:
        raise DomainError(AccountError.CODE_INVALID)
    session_id = session_of(actor)
    guess = guesses.reserve(account=user.username or str(user.pk), client=client, device_id=session_id)
    with transaction.atomic(durable=True):
        now = clock.now()
        locked = lock_user(user.pk)
        right = _use_code(locked, locked.totp_secret, code, now)
        if right:
            RefreshSession.objects.filter(pk=session_id, ended_at=None).update(mfa_at=now)
            record(actor=actor, action="account.stepped_up", subject=("user", user.pk), organisation_id=None, data={})
    if not right:
        _note_failure(user, client, "second_factor")
        raise DomainError(AccountError.CODE_INVALID)
    guesses.forgive(guess)
    return now


def _use_code(user: User, secret: str | None, code: str, now: datetime) -> bool:
    """Use a TOTP code up: it fits, and no code of its step or a later one was taken before."""
    step = matching_step(secret, code, at=now, after=user.totp_last_step) if secret else None
    if step is None:
        return False
    unused = User.objects.filter(Q(totp_last_step=None) | Q(totp_last_step__lt=step), pk=user.pk)
    return bool(unused.update(totp_last_step=step))


def _actor(user: User, client: Client, signed_in: SignedIn | None) -> Actor:
    return Actor(
        kind=ActorKind.OFFICIAL,
        user_id=user.pk,
        session_id=signed_in.session_id if signed_in else None,
        address=client.address,
    )


def _note_failure(user: User | None, client: Client, factor: str) -> None:
    with transaction.atomic():
        record(
            actor=Actor.anonymous(client.address),
            action="account.sign_in_failed",
            subject=("user", user.pk if user else None),
            organisation_id=None,
            data={"factor": factor, "client": str(ClientKind(client.kind))},
        )
