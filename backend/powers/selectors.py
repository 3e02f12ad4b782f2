"""What others may read of the power repository. The published catalogue is public; nothing here is personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from backend.powers.models import PowerItem, PowerTheme, PowerVersion
from backend.powers.rules import content as content_rules
from backend.powers.rules import forms, life_cycle, search
from backend.powers.types import (
    Audience,
    LifeCycle,
    MaterialInfo,
    Necessity,
    PowerError,
    PowerVersionInfo,
    VersionContent,
)
from kernel import clock
from kernel.errors import DomainError, FieldError

SHOWN_STATES = (LifeCycle.PUBLISHED, LifeCycle.SUSPENDED)
CHANGES_SHOWN = 20
ORDER = ("rank", "sort_key", "id")
ORGANISATIONS_ONLY = "organisation"


@dataclass(frozen=True, slots=True)
class PowerChangeInfo:
    """A line of an item's public log."""

    kind: str
    version: int | None
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PowerPage:
    """An item as its public page shows it: the version in force, whose it is, and what happened to it."""

    version: PowerVersionInfo
    state: str
    state_reason: str
    state_since: datetime | None
    organisation_name: str
    organisation_short_name: str
    region_code: str
    main_item: str
    type_name_en: str
    theme_names: Mapping[str, tuple[str, str]]
    changes: tuple[PowerChangeInfo, ...]


@dataclass(frozen=True, slots=True)
class ThemeInfo:
    """A topic people look under, with how many public items it has."""

    code: str
    name: str
    name_en: str
    audience: str
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerQuery:
    """What to look for; empty values do not narrow. `audience` is a kind of body, or `organisation` for all of them."""

    text: str = ""
    type_code: str = ""
    organisation_id: UUID | None = None
    region: str = ""
    audience: str = ""
    theme: str = ""


def published_version(power_id: UUID) -> PowerVersionInfo:
    """The version of an item that holds today, for a new application.

    Raises POWER_NOT_FOUND for an item that is unknown, not yet public or cancelled, POWER_SUSPENDED for one that takes
    no new applications. Whether it can be applied for online is told by `is_online`.
    """
    version = _in_force().filter(item_id=power_id).first()
    if version is None:
        raise DomainError(PowerError.NOT_FOUND)
    if not life_cycle.takes_new_applications(LifeCycle(version.item.state)):
        since = clock.local(version.item.state_since).date().isoformat() if version.item.state_since else ""
        raise DomainError(PowerError.SUSPENDED, name=version.name, since=since, reason=version.item.state_reason)
    return describe(version)


def version(version_id: UUID) -> PowerVersionInfo:
    """A version in whatever state: running cases keep theirs. Raises POWER_NOT_FOUND."""
    found = PowerVersion.objects.select_related("item__type").filter(pk=version_id).first()
    if found is None:
        raise DomainError(PowerError.NOT_FOUND)
    return describe(found)


def power_page(power_id: UUID) -> PowerPage:
    """The public page of an item, suspended ones too. Raises POWER_NOT_FOUND."""
    found = _in_force().filter(item_id=power_id).first()
    if found is None:
        raise DomainError(PowerError.NOT_FOUND)
    item = found.item
    themes = {theme.code: (theme.name, theme.name_en) for theme in PowerTheme.objects.filter(code__in=found.themes)}
    changes = item.changes.order_by("-at", "-id")[:CHANGES_SHOWN]
    return PowerPage(
        version=describe(found),
        state=item.state,
        state_reason=item.state_reason,
        state_since=item.state_since,
        organisation_name=item.organisation.name,
        organisation_short_name=item.organisation.short_name,
        region_code=item.region_code,
        main_item=item.main_item,
        type_name_en=item.type.name_en,
        theme_names=themes,
        changes=tuple(PowerChangeInfo(change.kind, change.number, change.reason, change.at) for change in changes),
    )


def form_faults(info: VersionContent, form: Any) -> list[FieldError]:
    """Faults of a filled-in form, in the order of the form; pointers begin with `/form`. Empty: it may be sent."""
    return forms.check_form(info.form_schema, form) if info.form_schema else []


def required_materials(info: VersionContent, form: Any) -> tuple[MaterialInfo, ...]:
    """The materials without which this form cannot be submitted: the required ones, and those its answers ask for.

    Deferrable ones (容缺后补) are not among them.
    """
    return tuple(
        material
        for material in info.materials
        if material.necessity == Necessity.REQUIRED
        or (material.required_when and forms.matches(material.required_when, form))
    )


def find_powers(query: PowerQuery) -> QuerySet[Any]:
    """The public catalogue, to be paged in `ORDER`: exact names first, then prefixes, word starts, the rest.

    Rows carry `item` with `type` and `organisation` loaded. Every word of the text must be found, in Chinese, pinyin
    or initials; a text without any letter finds nothing.
    """
    found = _in_force().defer(*HEAVY_FIELDS)
    if query.type_code:
        found = found.filter(item__type_id=query.type_code)
    if query.organisation_id:
        found = found.filter(item__organisation_id=query.organisation_id)
    if query.region:
        found = found.filter(item__region_code__startswith=region_prefix(query.region))
    if query.theme:
        found = found.filter(themes__contains=[query.theme])
    return _ranked(_for_audience(found, query.audience), query.text)


def offered(*, power_ids: Collection[UUID], organisation_ids: Collection[UUID]) -> list[Any]:
    """Public items among the given ones, and those that the given organisations have in their halls, by name.

    Rows are like those of `find_powers`.
    """
    wanted = Q(item_id__in=power_ids) | Q(item__organisation_id__in=organisation_ids, is_in_hall=True)
    return list(_in_force().defer(*HEAVY_FIELDS).filter(wanted).order_by("sort_key", "id"))


def power_id_of(code: str) -> UUID:
    """The public item with this local code. Raises POWER_NOT_FOUND."""
    found = _in_force().filter(item__local_code=code).values_list("item_id", flat=True).first()
    if found is None:
        raise DomainError(PowerError.NOT_FOUND)
    return found


def public_codes() -> list[tuple[str, date | None]]:
    """Local codes of all public items, each with the day from which its version holds."""
    return list(_in_force().order_by("item__local_code").values_list("item__local_code", "effective_from"))


def item_counts() -> dict[UUID, int]:
    """How many public items each organisation has; organisations without any are absent."""
    rows = _in_force().values_list("item__organisation_id").annotate(items=Count("id")).order_by()
    return dict(rows)


def themes() -> list[ThemeInfo]:
    """The topics that have public items, in their order."""
    counts = Counter(code for codes in _in_force().order_by().values_list("themes", flat=True) for code in codes)
    return [
        ThemeInfo(theme.code, theme.name, theme.name_en, theme.audience, counts[theme.code])
        for theme in PowerTheme.objects.order_by("position")
        if counts[theme.code]
    ]


def all_themes() -> list[ThemeInfo]:
    """Every topic in its order, those without public items too; `items` is not counted."""
    return [
        ThemeInfo(theme.code, theme.name, theme.name_en, theme.audience, 0)
        for theme in PowerTheme.objects.order_by("position")
    ]


def themes_of(power_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The topics of items by their newest published version; items without one are absent."""
    rows = PowerVersion.objects.filter(item_id__in=power_ids, state=LifeCycle.PUBLISHED).order_by("number")
    return dict(rows.values_list("item_id", "themes"))


def local_codes(codes: list[str]) -> dict[str, UUID]:
    """Ids of the items with these local codes, in whatever state; unknown codes are absent."""
    return dict(PowerItem.objects.filter(local_code__in=codes).values_list("local_code", "id"))


def region_prefix(region: str) -> str:
    """The digits that the codes of a region and everything in it begin with: 321300 → 3213, 320000 → 32."""
    digits = region[:6]
    while len(digits) > 2 and digits.endswith("00"):
        digits = digits[:-2]
    return digits + region[6:] if len(digits) == 6 else digits


HEAVY_FIELDS = ("form_schema", "materials", "steps", "faqs", "legal_bases", "conditions", "remedy_text", "search_text")


def describe(row: PowerVersion) -> PowerVersionInfo:
    """The frozen description of a version row whose item and type are loaded."""
    document = {name: getattr(row, name) for name in content_rules.FIELDS}
    content = content_rules.from_document(document)
    item = row.item
    return PowerVersionInfo(
        **{name: getattr(content, name) for name in content_rules.FIELDS},
        id=row.pk,
        power_id=item.pk,
        code=item.local_code,
        catalog_code=item.catalog_code,
        task_code=item.task_code,
        handle_item=item.handle_item,
        type_code=item.type_id,
        type_name=item.type.name,
        organisation_id=item.organisation_id,
        version=row.number,
        state=row.state,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
    )


def _in_force() -> QuerySet[PowerVersion]:
    today = clock.today()
    return PowerVersion.objects.select_related("item__type", "item__organisation").filter(
        Q(effective_to=None) | Q(effective_to__gt=today),
        state=LifeCycle.PUBLISHED,
        effective_from__lte=today,
        item__state__in=SHOWN_STATES,
    )


def _for_audience(found: QuerySet[PowerVersion], audience: str) -> QuerySet[PowerVersion]:
    if not audience:
        return found
    wanted = [kind.value for kind in Audience if kind is not Audience.PERSON]
    return found.filter(audience__overlap=wanted if audience == ORGANISATIONS_ONLY else [audience])


def _ranked(found: QuerySet[PowerVersion], text: str) -> QuerySet[PowerVersion]:
    offline = Case(When(is_online=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    if not text.strip():
        return found.annotate(rank=offline)
    words = search.terms(text)
    if not words:
        return found.none().annotate(rank=offline)
    for word in words:
        found = found.filter(search_text__contains=word)
    whole = search.joined(text[: search.MAX_QUERY])
    nearness = Case(
        When(name_key=whole, then=Value(0)),
        When(name_key__startswith=whole, then=Value(2)),
        When(search_text__contains=f" {whole}", then=Value(4)),
        default=Value(6),
        output_field=IntegerField(),
    )
    return found.annotate(rank=nearness + offline)
