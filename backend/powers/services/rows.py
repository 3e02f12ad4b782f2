"""Rows of the repository: locked in one place, always the item before its version; filled and described alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.journal.services import record, record_change
from backend.powers.models import PowerItem, PowerVersion
from backend.powers.rules import content as content_rules
from backend.powers.rules import life_cycle, search
from backend.powers.rules.life_cycle import Act
from backend.powers.types import LifeCycle, PowerError, VersionContent
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from kernel.events import EventType

SORT_KEY_LENGTH = 40


def lock_item(item_id: UUID) -> PowerItem:
    """The item with its organisation and type, locked. Raises PowerError.NOT_FOUND."""
    row = PowerItem.objects.select_for_update(of=("self",)).select_related("organisation", "type").filter(pk=item_id)
    found = row.first()
    if found is None:
        raise DomainError(PowerError.NOT_FOUND)
    return found


def lock_version(version_id: UUID) -> PowerVersion:
    """The version and its item, locked in that order: item first. Raises PowerError.NOT_FOUND."""
    item_id = PowerVersion.objects.filter(pk=version_id).values_list("item_id", flat=True).first()
    if item_id is None:
        raise DomainError(PowerError.NOT_FOUND)
    item = lock_item(item_id)
    version = PowerVersion.objects.select_for_update(of=("self",)).get(pk=version_id)
    version.item = item
    return version


def require_role(actor: Actor, item: PowerItem, *roles: str) -> None:
    """Refuse an actor who holds none of the roles over the item's organisation. Automatic processes may act."""
    if actor.kind is ActorKind.SYSTEM:
        return
    if not any(actor.has_role(role, path=item.organisation.path) for role in roles):
        raise DomainError(PowerError.NOT_ALLOWED, role="/".join(sorted(roles)))


def next_state(act: Act, state: str) -> LifeCycle:
    """The state after an act. Raises PowerError.WRONG_STATE."""
    after = life_cycle.target(act, LifeCycle(state))
    if after is None:
        raise DomainError(PowerError.WRONG_STATE, state=state, action=act.value)
    return after


def fill(version: PowerVersion, content: VersionContent, *, owner_names: Sequence[str] | None = None) -> None:
    """Put content and its search keys into a version row, without saving.

    `owner_names` spares a query for each row when many are filled for organisations known already.
    """
    for name, value in content_rules.to_document(content).items():
        setattr(version, name, value)
    item = version.item
    owners = (item.organisation.name, item.organisation.short_name) if owner_names is None else owner_names
    words = [*content.keywords, *owners, item.main_item, item.local_code]
    version.search_text = search.search_text(content.name, words=words)
    version.name_key = search.joined(content.name)
    version.sort_key = search.pinyin_initials(content.name)[:SORT_KEY_LENGTH]


def content_of(version: PowerVersion) -> VersionContent:
    """The content of a version row."""
    return content_rules.from_document({name: getattr(version, name) for name in content_rules.FIELDS})


def tell(
    event: EventType,
    *,
    actor: Actor,
    version: PowerVersion,
    extra: Mapping[str, str] | None = None,
    journal_extra: Mapping[str, Any] | None = None,
) -> None:
    """Journal line and event of a change to an item, in the caller's transaction."""
    item = version.item
    in_force = event.name in {"power.suspended", "power.resumed", "power.cancelled"}
    record_change(
        actor=actor,
        event=event,
        subject=("power", item.pk),
        organisation_id=item.organisation_id,
        data={
            "power_id": str(item.pk),
            "version_id": str(version.pk),
            "version": version.number,
            "code": item.local_code,
            "name": version.name,
            "type_code": item.type_id,
            "organisation_id": str(item.organisation_id),
            "state": item.state if in_force else version.state,
            **(extra or {}),
        },
        journal_extra=journal_extra,
    )


def note(actor: Actor, version: PowerVersion, action: str) -> None:
    """Journal line of a step that nobody outside needs to hear of."""
    record(
        actor=actor,
        action=action,
        subject=("power", version.item_id),
        organisation_id=version.item.organisation_id,
        data={"version_id": str(version.pk), "version": version.number, "name": version.name},
    )
