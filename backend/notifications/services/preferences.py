"""What people choose."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from backend.accounts.types import AccountError
from backend.journal.services import record
from backend.notifications import rules, selectors
from backend.notifications.models import Preferences
from backend.notifications.services.following import follow
from backend.notifications.types import NotificationError, PreferencesInfo
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError, FieldError


@transaction.atomic
def change_preferences(*, actor: Actor, version: int, change: Mapping[str, Mapping[str, bool]]) -> PreferencesInfo:
    """Switch channels on or off by purpose; what is not named stays.

    A statutory purpose keeps at least one of SMS and push: it can be re-channelled, not silenced. Raises STALE with the
    current version, STATUTORY_NOTICE_NEEDS_CHANNEL naming the purposes and the remedy.
    """
    if actor.user_id is None:
        raise DomainError(AccountError.TOKEN_INVALID)
    now = clock.now()
    Preferences.objects.bulk_create([Preferences(person_id=actor.user_id, version=0)], ignore_conflicts=True)
    row = Preferences.objects.select_for_update().get(person_id=actor.user_id)
    if row.version != version:
        raise DomainError(CommonError.STALE, extra={"current_version": row.version})
    choices = rules.merged(row.choices, change)
    silenced = rules.silenced(choices)
    if silenced:
        spec = NotificationError.STATUTORY.spec
        faults = [FieldError(f"/{purpose.value}", spec.code, spec.detail) for purpose in silenced]
        raise DomainError(NotificationError.STATUTORY, errors=faults)
    row.choices = choices
    row.save_change("choices", at=now)
    follow(actor.user_id)
    record(
        actor=actor,
        action="notifications.preferences_changed",
        subject=("user", actor.user_id),
        organisation_id=None,
        data={"choices": choices},
    )
    return selectors.preferences_of(actor.user_id)
