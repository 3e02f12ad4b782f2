"""The life of an item: submitted, legally reviewed, confirmed, published, suspended, resumed, cancelled.

One function, one act: lock, role, rule, write, journal and event in one transaction. Whoever wrote or submitted a
version does not review it.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from backend.powers import events
from backend.powers.models import PowerItem, PowerVersion
from backend.powers.rules import content as content_rules
from backend.powers.rules import life_cycle
from backend.powers.rules.life_cycle import Act
from backend.powers.services import rows
from backend.powers.types import LifeCycle, PowerError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text
from kernel.events import EventType


@transaction.atomic
def submit(*, actor: Actor, version_id: UUID) -> None:
    """Hand a draft in for legal review. Raises INVALID with every fault of the content."""
    version = _begin(actor, version_id, Act.SUBMIT)
    kind = version.item.type
    faults = content_rules.check_content(
        rows.content_of(version), basis_required=kind.is_basis_required, applied_for=kind.is_applied_for
    )
    if faults:
        raise DomainError(PowerError.INVALID, errors=faults)
    version.submitted_by, version.submitted_at = actor.user_id, clock.now()
    _move(version, Act.SUBMIT, "submitted_by", "submitted_at")
    rows.tell(events.POWER_SUBMITTED, actor=actor, version=version)


@transaction.atomic
def take_up_review(*, actor: Actor, version_id: UUID) -> None:
    """A legal officer takes a submitted version up. Raises SAME_PERSON for its author or submitter."""
    version = _begin(actor, version_id, Act.TAKE_UP)
    version.reviewed_by, version.reviewed_at = actor.user_id, clock.now()
    _move(version, Act.TAKE_UP, "reviewed_by", "reviewed_at")
    rows.note(actor, version, "power.review_taken_up")


@transaction.atomic
def return_to_editor(*, actor: Actor, version_id: UUID, opinion: str) -> None:
    """Legal review sends the version back to be changed; the opinion is required."""
    version = _begin(actor, version_id, Act.RETURN)
    version.review_opinion = _required(opinion, "opinion", 1000)
    _move(version, Act.RETURN, "review_opinion")
    rows.tell(events.POWER_RETURNED, actor=actor, version=version, extra={"reason": version.review_opinion})


@transaction.atomic
def confirm(*, actor: Actor, version_id: UUID, opinion: str) -> None:
    """Legal review confirms the version; from here on its content is frozen."""
    version = _begin(actor, version_id, Act.CONFIRM)
    version.review_opinion = _required(opinion, "opinion", 1000)
    version.confirmed_by, version.confirmed_at = actor.user_id, clock.now()
    _move(version, Act.CONFIRM, "review_opinion", "confirmed_by", "confirmed_at")
    rows.tell(events.POWER_CONFIRMED, actor=actor, version=version, journal_extra={"opinion": version.review_opinion})


@transaction.atomic
def publish(*, actor: Actor, version_id: UUID, effective_from: date | None = None) -> None:
    """Make a confirmed version public from a day on (today without one); the version before it ends that day.

    A suspended item stays suspended. Raises INVALID for a day in the past or before the current version's first day.
    """
    version = _begin(actor, version_id, Act.PUBLISH)
    first_day = effective_from or clock.today()
    _end_former(version, first_day)
    version.effective_from = first_day
    version.published_by, version.published_at = actor.user_id, clock.now()
    _move(version, Act.PUBLISH, "effective_from", "published_by", "published_at")
    if version.item.state == LifeCycle.DRAFT:
        _set_item_state(actor, version.item, LifeCycle.PUBLISHED, "")
    rows.tell(events.POWER_PUBLISHED, actor=actor, version=version, extra={"effective_from": first_day.isoformat()})


@transaction.atomic
def suspend(*, actor: Actor, power_id: UUID, reason: str) -> None:
    """Take no new applications. Running cases go on under their version."""
    _change_item(actor, power_id, Act.SUSPEND, events.POWER_SUSPENDED, _required(reason, "reason", 500))


@transaction.atomic
def resume(*, actor: Actor, power_id: UUID) -> None:
    """Take new applications again."""
    _change_item(actor, power_id, Act.RESUME, events.POWER_RESUMED, "")


@transaction.atomic
def cancel(*, actor: Actor, power_id: UUID, reason: str) -> None:
    """Remove the item from the catalogue for good. Running cases go on under their version."""
    _change_item(actor, power_id, Act.CANCEL, events.POWER_CANCELLED, _required(reason, "reason", 500))


def _begin(actor: Actor, version_id: UUID, act: Act) -> PowerVersion:
    version = rows.lock_version(version_id)
    rows.require_role(actor, version.item, *life_cycle.TRANSITIONS[act].roles)
    rows.next_state(act, version.state)
    authors = frozenset({*version.authors, *([version.submitted_by] if version.submitted_by else [])})
    if act in life_cycle.REVIEW_ACTS and not life_cycle.may_review(actor.user_id, authors):
        raise DomainError(PowerError.SAME_PERSON)
    return version


def _move(version: PowerVersion, act: Act, *fields: str) -> None:
    version.state = rows.next_state(act, version.state)
    version.save_change("state", *fields, at=clock.now())


def _end_former(version: PowerVersion, first_day: date) -> None:
    former = (
        PowerVersion.objects.select_for_update()
        .filter(Q(effective_to=None) | Q(effective_to__gt=first_day), item=version.item, state=LifeCycle.PUBLISHED)
        .order_by("-effective_from")
        .first()
    )
    earliest = former.effective_from if former and former.effective_from else date.min
    if first_day < max(clock.today(), earliest):
        text = Text("生效日期不得早于今天和现行版本的生效日期", "Not before today nor before the current version")
        raise DomainError(PowerError.INVALID, errors=[FieldError("/effective_from", "too_early", text)])
    if former is not None:
        former.effective_to = first_day
        former.save_change("effective_to", at=clock.now())


def _change_item(actor: Actor, power_id: UUID, act: Act, event: EventType, reason: str) -> None:
    item = rows.lock_item(power_id)
    rows.require_role(actor, item, *life_cycle.TRANSITIONS[act].roles)
    _set_item_state(actor, item, rows.next_state(act, item.state), reason)
    version = item.versions.filter(state=LifeCycle.PUBLISHED).order_by("-number")[0]
    version.item = item
    rows.tell(event, actor=actor, version=version, extra={"reason": reason} if reason else None)


def _set_item_state(actor: Actor, item: PowerItem, state: LifeCycle, reason: str) -> None:
    item.state, item.state_reason, item.state_by, item.state_since = state, reason, actor.user_id, clock.now()
    item.save_change("state", "state_reason", "state_by", "state_since", at=item.state_since)


def _required(text: str, field: str, limit: int) -> str:
    cleaned = text.strip()
    if not cleaned or len(cleaned) > limit:
        fault = FieldError(f"/{field}", "required", Text(f"请填写1至{limit}字", f"Give 1 to {limit} characters"))
        raise DomainError(PowerError.INVALID, errors=[fault])
    return cleaned
