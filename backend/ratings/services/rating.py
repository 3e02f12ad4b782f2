"""The one effective rating of a case: given once, changed within a day, by whatever channel, each value kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.journal.services import record_change
from backend.ratings.events import RECEIVED
from backend.ratings.models import Invitation, Rating, RatingChange, RatingTag
from backend.ratings.policies import policy_in_force
from backend.ratings.rules.figures import is_bad
from backend.ratings.selectors import rating_info
from backend.ratings.services import rectifications
from backend.ratings.services.common import case_subject, facts
from backend.ratings.types import Channel, RatingError, RatingInfo, ReplyFate
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError, FieldError


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says about a case."""

    level: int
    tags: tuple[str, ...]
    comment: str
    channel: Channel
    at: datetime


@transaction.atomic
def rate(*, actor: Actor, case_id: UUID, level: int, tags: Sequence[str] = (), comment: str = "") -> RatingInfo:
    """Rate one's own closed case. A rating by SMS is the same rating: there is one for each case.

    Raises RATING_NOT_FOUND (not one's own, or not closed), ALREADY_RATED, RATING_WINDOW_OVER, RATING_TAG_UNKNOWN.
    """
    row = _own(actor, case_id)
    now = clock.now()
    if Rating.objects.filter(invitation=row).exists():
        raise DomainError(RatingError.ALREADY_RATED)
    if now > row.window_ends_at:
        raise DomainError(RatingError.WINDOW_OVER)
    apply(actor, row, Given(level, _known(tags), comment, Channel.APP, now))
    return rating_info(Rating.objects.select_related("invitation").get(invitation=row))


@transaction.atomic
def change_rating(
    *,
    actor: Actor,
    case_id: UUID,
    version: int,
    level: int | None = None,
    tags: Sequence[str] | None = None,
    comment: str | None = None,
) -> RatingInfo:
    """Correct one's rating within 24 hours of giving it; what is None stays. Every value is kept.

    Raises RATING_NOT_FOUND, STALE with the current version, RATING_CHANGE_OVER, RATING_TAG_UNKNOWN.
    """
    row = _own(actor, case_id)
    rating = Rating.objects.select_for_update().filter(invitation=row).first()
    if rating is None:
        raise DomainError(RatingError.NOT_FOUND)
    if rating.version != version:
        raise DomainError(CommonError.STALE, extra={"current_version": rating.version})
    given = Given(
        level=rating.level if level is None else level,
        tags=tuple(rating.tags) if tags is None else _known(tags),
        comment=(rating.comment or "") if comment is None else comment,
        channel=Channel.APP,
        at=clock.now(),
    )
    if apply(actor, row, given) is ReplyFate.TOO_LATE_TO_CHANGE:
        raise DomainError(RatingError.CHANGE_OVER)
    return rating_info(Rating.objects.select_related("invitation").get(invitation=row))


def _own(actor: Actor, case_id: UUID) -> Invitation:
    row = Invitation.objects.select_for_update().filter(case_id=case_id).first()
    if row is None or actor.user_id is None or row.person_id != actor.user_id:
        raise DomainError(RatingError.NOT_FOUND)
    return row


def _known(tags: Sequence[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(tags))
    found = set(RatingTag.objects.filter(code__in=wanted, effective_to=None).values_list("code", flat=True))
    spec = RatingError.UNKNOWN_TAG.spec
    faults = [
        FieldError(f"/tags/{place}", spec.code, spec.detail) for place, tag in enumerate(wanted) if tag not in found
    ]
    if faults:
        raise DomainError(RatingError.UNKNOWN_TAG, errors=faults)
    return wanted


def apply(actor: Actor, row: Invitation, given: Given) -> ReplyFate:
    """Make or change the rating. The caller holds the invitation's lock and has checked the window.

    The last value within the day counts; one that was sent before the value that stands, but came later, does not.
    """
    rating = Rating.objects.select_for_update().filter(invitation=row).first()
    if rating is None:
        _create(actor, row, given)
        return ReplyFate.COUNTED
    if given.at - rating.rated_at > timedelta(seconds=policy_in_force().change_seconds):
        return ReplyFate.TOO_LATE_TO_CHANGE
    if given.at < rating.changed_at:
        return ReplyFate.SUPERSEDED
    if (given.level, given.tags, given.comment) != (rating.level, tuple(rating.tags), rating.comment or ""):
        _change(actor, row, rating, given)
    return ReplyFate.COUNTED


def _create(actor: Actor, row: Invitation, given: Given) -> None:
    rating = Rating.objects.create(
        invitation=row,
        case_id=row.case_id,
        organisation_id=row.organisation_id,
        level=given.level,
        tags=list(given.tags),
        comment=given.comment or None,
        channel=given.channel,
        rated_at=given.at,
        changed_at=given.at,
    )
    _keep(rating, given, 1)
    _tell(actor, row, rating, given, change=False)


def _change(actor: Actor, row: Invitation, rating: Rating, given: Given) -> None:
    rating.level, rating.tags, rating.comment = given.level, list(given.tags), given.comment or None
    rating.channel, rating.changed_at = given.channel, given.at
    rating.save_change("level", "tags", "comment", "channel", "changed_at", at=clock.now())
    _keep(rating, given, rating.version)
    _tell(actor, row, rating, given, change=True)


def add_reason(row: Invitation, text: str) -> bool:
    """Keep the reason somebody gave for a bad rating when asked. False when there is a comment already."""
    rating = Rating.objects.select_for_update().filter(invitation=row).first()
    if rating is None or rating.comment or not is_bad(rating.level):
        return False
    rating.comment = text
    rating.save_change("comment", at=clock.now())
    given = Given(rating.level, tuple(rating.tags), text, Channel.SMS, clock.now())
    _keep(rating, given, rating.version)
    return True


def _keep(rating: Rating, given: Given, ordinal: int) -> None:
    RatingChange.objects.create(
        rating=rating,
        ordinal=ordinal,
        level=given.level,
        tags=list(given.tags),
        comment=given.comment or None,
        channel=given.channel,
        at=given.at,
    )


def _tell(actor: Actor, row: Invitation, rating: Rating, given: Given, *, change: bool) -> None:
    record_change(
        actor=actor,
        event=RECEIVED,
        subject=case_subject(row),
        organisation_id=row.organisation_id,
        data={
            **facts(row),
            "level": given.level,
            "channel": given.channel.value,
            "change": change,
            "bad": is_bad(given.level),
        },
        journal_extra={"rating_id": rating.pk, "tags": list(given.tags)},
        private={"comment": given.comment} if given.comment else None,
    )
    rectifications.follow(row, rating)
