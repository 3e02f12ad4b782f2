"""Writing versions: a new item, a new version of a published one, and edits while it is a draft."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from backend.powers.models import PowerItem, PowerType, PowerVersion
from backend.powers.models.power_version import OPEN_STATES
from backend.powers.rules import codes
from backend.powers.rules import content as content_rules
from backend.powers.rules.life_cycle import EDITOR
from backend.powers.services import rows
from backend.powers.types import LifeCycle, PowerError, VersionContent
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError, FieldError, Text


@transaction.atomic
def create_item(
    *, actor: Actor, organisation_id: UUID, type_code: str, local_code: str, content: VersionContent
) -> tuple[UUID, UUID]:
    """Enter a new item with its first draft; returns the ids of the item and of the version.

    Needs the editor role over the organisation. Raises INVALID for a code in no known form or a type that no longer
    exists, CODE_TAKEN, NOT_ALLOWED.
    """
    code = codes.parse_item_code(local_code)
    kind = PowerType.objects.filter(pk=type_code, valid_to__isnull=True).first()
    if code is None or kind is None:
        raise DomainError(PowerError.INVALID, errors=_code_faults(code is None, kind is None))
    item = PowerItem(
        local_code=code.value, code_kind=code.kind.value, type=kind, organisation_id=organisation_id, region_code=""
    )
    item.region_code = item.organisation.region_code
    rows.require_role(actor, item, EDITOR)
    if PowerItem.objects.filter(local_code=code.value).exists():
        raise DomainError(PowerError.CODE_TAKEN, local_code=code.value)
    item.save(force_insert=True)
    version = _new_draft(actor, item, 1, content)
    return item.pk, version.pk


@transaction.atomic
def open_version(*, actor: Actor, power_id: UUID) -> UUID:
    """Start the next version of an item as a draft with the content of the last one; returns its id.

    Raises WRONG_STATE when a version is already being written or the item is cancelled.
    """
    item = rows.lock_item(power_id)
    rows.require_role(actor, item, EDITOR)
    taken = item.versions.filter(state__in=OPEN_STATES).exists()
    if taken or item.state == LifeCycle.CANCELLED:
        raise DomainError(PowerError.WRONG_STATE, state=item.state, action="open_version")
    last = item.versions.order_by("-number")[0]
    last.item = item
    number = item.versions.aggregate(last=Max("number"))["last"] + 1
    return _new_draft(actor, item, number, rows.content_of(last)).pk


@transaction.atomic
def save_draft(*, actor: Actor, version_id: UUID, seen_version: int, content: VersionContent) -> int:
    """Replace the content of a draft; returns the row's new version (ETag).

    Incomplete content is accepted; it is checked when the version is submitted. Raises STALE when the row has moved
    on from `seen_version`, WRONG_STATE when it is no draft.
    """
    version = rows.lock_version(version_id)
    rows.require_role(actor, version.item, EDITOR)
    if version.version != seen_version:
        raise DomainError(CommonError.STALE, extra={"current_version": version.version})
    if version.state != LifeCycle.DRAFT:
        raise DomainError(PowerError.WRONG_STATE, state=version.state, action="save_draft")
    rows.fill(version, content)
    if actor.user_id is not None and actor.user_id not in version.authors:
        version.authors = [*version.authors, actor.user_id]
    version.save_change(*content_rules.FIELDS, "authors", "search_text", "name_key", "sort_key", at=clock.now())
    rows.note(actor, version, "power.draft_saved")
    return version.version


def _new_draft(actor: Actor, item: PowerItem, number: int, content: VersionContent) -> PowerVersion:
    version = PowerVersion(item=item, number=number, authors=[actor.user_id] if actor.user_id else [])
    rows.fill(version, content)
    version.save(force_insert=True)
    rows.note(actor, version, "power.draft_opened")
    return version


def _code_faults(bad_code: bool, bad_type: bool) -> list[FieldError]:
    faults = []
    if bad_code:
        faults.append(FieldError("/local_code", "form", Text("编码格式不对", "Not the form of a code")))
    if bad_type:
        faults.append(FieldError("/type_code", "unknown", Text("没有这种事项类型", "No such type of power")))
    return faults
