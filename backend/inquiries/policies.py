"""Limits, numbers and topics as they hold on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo
from backend.inquiries.models import HotlineCentre, InquiryLimit, InquiryPolicy, Order, Reason, SignalRule, Topic
from backend.inquiries.rules.guessing import TopicWords
from backend.inquiries.types import InquiryError, Limit
from kernel import clock
from kernel.errors import DomainError

CENTRE_CODE = "centre_code"
REDO_LIMIT = "redo_limit"
REOPEN_HOURS = "reopen_hours"
REOPEN_LIMIT = "reopen_limit"
CALL_TRIES = "call_tries"
SAME_PERCENT = "same_answer_percent"
MAX_FILES = "max_files"
MAX_FILE_MB = "max_file_megabytes"
DAILY_LIMIT = "daily_per_person"
ARCHIVE_DAYS = "archive_days"
SIMILAR_DAYS = "similar_days"
SIMILAR_PERCENT = "similar_percent"
QUICK_SECONDS = "quick_answer_seconds"
CONNECTED_PERCENT = "connected_percent"
WARN_SIGN_MINUTES = "warn_sign_minutes"
WARN_ANSWER_HOURS = "warn_answer_hours"
REMIND_DAYS = "remind_days"
CRITICISE_DAYS = "criticise_workdays"
MAX_RECORDING_MB = "max_recording_megabytes"
REVIEW_MONTHS = "knowledge_review_months"


def number(name: str, day: date | None = None) -> int:
    """The number that holds on a day (today). LookupError when none was set, which seeding prevents."""
    found = _policies(name, day).values_list("number", flat=True).first()
    if found is None:
        raise LookupError(name)
    return found


def word(name: str, day: date | None = None) -> str:
    """The word that holds on a day (today); empty when there is none."""
    return _policies(name, day).values_list("word", flat=True).first() or ""


def _policies(name: str, day: date | None):  # type: ignore[no-untyped-def]
    return InquiryPolicy.objects.filter(name=name, effective_from__lte=day or clock.today()).order_by("-effective_from")


def centre() -> OrganisationInfo:
    """The city's organisation of the hotline. Raises NOT_READY when there is none such."""
    try:
        return accounts.organisation_by_code(word(CENTRE_CODE))
    except DomainError as exc:
        raise DomainError(InquiryError.NOT_READY) from exc


def centres() -> list[OrganisationInfo]:
    """The city's centre, then those of the counties that have one now."""
    city = centre()
    found = [_by_code(row.code) for row in _county_rows().order_by("region_code")]
    return [city, *(one for one in found if one is not None and one.path.startswith(city.path))]


def centre_for(area_code: str, near: OrganisationInfo | None = None) -> OrganisationInfo:
    """The centre whose desk an order of an area goes to: the county's where it has one, else the city's. What has no
    place stays `near` who took it."""
    city = centre()
    if not area_code:
        return near or city
    row = _county_rows().filter(region_code=area_code[:6]).first()
    found = _by_code(row.code) if row is not None else None
    return found if found is not None and found.path.startswith(city.path) else city


def has_counties() -> bool:
    """Whether any county has a centre of its own."""
    return _county_rows().exists()


def _county_rows() -> QuerySet[HotlineCentre]:
    now = clock.today()
    return HotlineCentre.objects.filter(Q(effective_to=None) | Q(effective_to__gt=now), effective_from__lte=now)


def limit(kind: str, order: Order, day: date | None = None) -> Limit | None:
    """The limit of a kind for an order: of the rows in force the one that fits most closely; None without one."""
    rows = InquiryLimit.objects.filter(
        Q(channel="") | Q(channel=order.channel),
        Q(request_type="") | Q(request_type=order.request_type),
        Q(urgency="") | Q(urgency=order.urgency),
        Q(petition=False) | Q(petition=order.is_petition),
        kind=kind,
        effective_from__lte=day or clock.today(),
    )
    best = max(rows, key=_closeness, default=None)
    return Limit(kind, best.amount, best.unit, best.basis) if best else None


def _closeness(row: InquiryLimit) -> tuple[bool, bool, bool, bool, date]:
    return row.petition, bool(row.urgency), bool(row.channel), bool(row.request_type), row.effective_from


def topics(day: date | None = None) -> list[Topic]:
    """The topics in force, in the order of the tree."""
    when = day or clock.today()
    rows = Topic.objects.filter(Q(effective_to=None) | Q(effective_to__gt=when), effective_from__lte=when)
    return list(rows.order_by("code"))


def topic(code: str) -> Topic:
    """A topic in force by its code. Raises TOPIC_UNKNOWN."""
    found = next((row for row in topics() if row.code == code), None)
    if found is None:
        raise DomainError(InquiryError.TOPIC_UNKNOWN)
    return found


def topic_words() -> list[TopicWords]:
    """The topics with the words that speak for them."""
    return [TopicWords(row.code, row.path, row.request_type, tuple(row.words)) for row in topics() if row.words]


def reason(kind: str, code: str) -> Reason:
    """A standard reason in force. Raises REASON_UNKNOWN."""
    rows = Reason.objects.filter(kind=kind, code=code, effective_from__lte=clock.today())
    found = rows.order_by("-effective_from").first()
    if found is None:
        raise DomainError(InquiryError.REASON_UNKNOWN)
    return found


def reasons(kind: str = "") -> list[Reason]:
    """The standard reasons in force (of a kind)."""
    rows = Reason.objects.filter(effective_from__lte=clock.today(), **({"kind": kind} if kind else {}))
    return list(rows.order_by("kind", "id"))


def signal_rule(kind: str) -> SignalRule | None:
    """The rule in force for a kind of signal."""
    rows = SignalRule.objects.filter(kind=kind, effective_from__lte=clock.today())
    return rows.order_by("-effective_from").first()


def duty_unit(row: Topic | None, area_code: str) -> OrganisationInfo | None:
    """The department whose duty a topic is: of the county the matter lies in where there is one, else of the city."""
    if row is None or not row.unit_code:
        return None
    for code in (f"{area_code[:6]}{row.unit_code}" if area_code else "", f"{word(CENTRE_CODE)}{row.unit_code}"):
        found = _by_code(code) if code else None
        if found is not None:
            return found
    return None


def _by_code(code: str) -> OrganisationInfo | None:
    try:
        return accounts.organisation_by_code(code)
    except DomainError:
        return None


def unit(unit_id: UUID | None, within: str = "") -> OrganisationInfo:
    """A unit that can be given orders: it lies below the centre and has somebody who handles them. UNIT_UNKNOWN."""
    try:
        found = accounts.organisation(unit_id) if unit_id else None
    except DomainError:
        found = None
    below = found is not None and found.path.startswith(within)
    if found is None or not below or not accounts.people_with_role("inquiry_handler", found.id):
        raise DomainError(InquiryError.UNIT_UNKNOWN)
    return found
