"""Reading ratings: one's own, the rectifications of one's organisation, and the figures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from backend.accounts import selectors as accounts
from backend.ratings.models import Invitation, Rating, RatingTag, Rectification
from backend.ratings.policies import policy_in_force
from backend.ratings.rules.figures import figures as compute
from backend.ratings.rules.life_cycle import HANDLERS, SUPERVISORS, Parties, allowed
from backend.ratings.types import (
    Channel,
    Counts,
    RatingError,
    RatingFigures,
    RatingInfo,
    RectificationInfo,
)
from backend.ratings.types import (
    RectificationState as State,
)
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

ORDER = ("-opened_at", "-id")
_ROLES = HANDLERS | SUPERVISORS
_TO_CONTACT = (State.OPENED, State.ASSIGNED, State.REOPENED)


def own_rating(actor: Actor, case_id: UUID) -> RatingInfo:
    """The rating that the actor gave to an own case, by whatever channel. Raises RATING_NOT_FOUND."""
    row = Rating.objects.select_related("invitation").filter(case_id=case_id).first()
    if row is None or actor.user_id is None or row.invitation.person_id != actor.user_id:
        raise DomainError(RatingError.NOT_FOUND)
    return rating_info(row)


def may_rate(actor: Actor, case_id: UUID) -> bool:
    """Whether this is an own case that can be rated now and has not been."""
    if actor.user_id is None:
        return False
    found = Invitation.objects.filter(case_id=case_id, person_id=actor.user_id, window_ends_at__gte=clock.now())
    return found.filter(rating=None).exists()


def rating_info(row: Rating) -> RatingInfo:
    """A rating as its giver sees it."""
    return RatingInfo(
        id=row.pk,
        case_id=row.case_id,
        level=row.level,
        tags=tuple(row.tags),
        comment=row.comment or "",
        channel=Channel(row.channel),
        rated_at=row.rated_at,
        changed_at=row.changed_at,
        corrections=row.changes.count() - 1,
        changeable_until=row.rated_at + timedelta(seconds=policy_in_force().change_seconds),
        version=row.version,
    )


def tags(language: str) -> list[tuple[str, str]]:
    """What a rating may be about: code and name, in order."""
    rows = RatingTag.objects.filter(effective_to=None).order_by("place")
    return [(row.code, row.name_en if language.startswith("en") else row.name_zh) for row in rows]


def rectifications(actor: Actor, *, state: str = "") -> QuerySet[Rectification]:
    """The bad ratings of the organisations where the actor handles or supervises, to be paged by ORDER."""
    reach: set[UUID] = set()
    for path in {grant.path for grant in actor.grants if grant.role in _ROLES}:
        reach.update(accounts.subtree_ids(path))
    rows = Rectification.objects.select_related("rating").filter(organisation_id__in=reach)
    return rows.filter(state=state) if state else rows


def rectification(actor: Actor, rectification_id: UUID) -> RectificationInfo:
    """One of them. Raises RECTIFICATION_NOT_FOUND."""
    row = rectifications(actor).filter(pk=rectification_id).first()
    if row is None:
        raise DomainError(RatingError.RECTIFICATION_NOT_FOUND)
    return rectification_info(row, actor)


def roles_at(actor: Actor, path: str | None) -> frozenset[str]:
    """The actor's roles in this flow at the organisation with this tree path."""
    return frozenset(grant.role for grant in actor.grants if path and grant.role in _ROLES and grant.covers(path))


def rectification_infos(rows: Collection[Rectification], actor: Actor) -> list[RectificationInfo]:
    """Several rectifications as an official sees them, their organisations read at once."""
    places = accounts.organisations_by_id({row.organisation_id for row in rows})
    today = clock.today()
    return [_info(row, actor, roles_at(actor, places[row.organisation_id].path), today) for row in rows]


def rectification_info(row: Rectification, actor: Actor) -> RectificationInfo:
    """A rectification as an official sees it: what was said, not who said it, and what can be done now."""
    return _info(row, actor, roles_at(actor, accounts.path_of(row.organisation_id)), clock.today())


def _info(row: Rectification, actor: Actor, roles: frozenset[str], today: date) -> RectificationInfo:
    state = State(row.state)
    due_on = {**dict.fromkeys(_TO_CONTACT, row.contact_due_on), State.RECTIFYING: row.mend_due_on}.get(state)
    return RectificationInfo(
        id=row.pk,
        case_id=row.case_id,
        case_no=row.case_no,
        power_name=row.power_name,
        organisation_id=row.organisation_id,
        level=row.level,
        tags=tuple(row.rating.tags),
        comment=row.rating.comment or "",
        state=state,
        assignee_id=row.assignee_id,
        contact_due_on=row.contact_due_on,
        mend_due_on=row.mend_due_on,
        overdue=due_on is not None and due_on < today,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        actions=tuple(allowed(state, roles, actor.user_id, Parties(row.assignee_id, row.claimant_id))),
        version=row.version,
    )


def figures(*, organisation_ids: Collection[UUID], since: datetime, until: datetime) -> RatingFigures:
    """The figures (domain.md 7.4) of cases closed in [since, until) at some organisations; no person in them."""
    asked = Invitation.objects.filter(organisation_id__in=organisation_ids, closed_at__gte=since, closed_at__lt=until)
    given = Rating.objects.filter(invitation__in=asked)
    levels = given.filter(invalid_at=None).values_list("level").annotate(number=Count("id"))
    counts = Counts(
        closed=asked.count(),
        invited=asked.exclude(asked_at=None).count(),
        delivered=asked.exclude(delivered_at=None).count(),
        rated=given.count(),
        rated_by_sms=given.filter(channel=Channel.SMS).exclude(invitation__delivered_at=None).count(),
        levels=dict(levels),
        **_mending(given),
    )
    return compute(counts, policy_in_force().weights)


def _mending(given: QuerySet[Rating]) -> dict[str, int]:
    mended_in_time = Q(mended_at__date__lte=F("mend_due_on"))
    found = Rectification.objects.filter(rating__in=given).aggregate(
        contactable=Count("id"),
        contacted=Count("id", filter=Q(contacted_at__isnull=False)),
        verified_valid=Count("id", filter=Q(verified_at__isnull=False)),
        mended_in_time=Count("id", filter=mended_in_time),
    )
    return {name: int(number) for name, number in found.items()}
