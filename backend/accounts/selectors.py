"""Reading accounts: organisations, people, grants, and who acts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from backend.accounts.models import (
    Identity,
    LegalPerson,
    Organisation,
    OrganisationCode,
    RefreshSession,
    Representation,
    RoleAssignment,
    User,
)
from backend.accounts.rules.actors import person_of
from backend.accounts.rules.numbers import PATH_SEPARATOR, normalised_mobile
from backend.accounts.types import (
    AccountError,
    Capacity,
    GrantInfo,
    IdentityInfo,
    LegalPersonInfo,
    LiveSession,
    OfficialInfo,
    OrganisationInfo,
    Profile,
    RealNameLevel,
    SessionInfo,
)
from kernel import clock
from kernel.actors import Actor, ActorKind, Grant
from kernel.crypto import blind_index
from kernel.errors import CommonError, DomainError

PHONE_PURPOSE, ID_PURPOSE = "accounts.phone", "accounts.id_number"

_ACTOR = """
    SELECT s.mfa_at, u.capacities, a.role, a.organisation_id, o.path
    FROM accounts_refreshsession s JOIN accounts_user u ON u.id = s.user_id
    LEFT JOIN accounts_roleassignment a
           ON a.user_id = u.id AND a.valid_from <= %(today)s AND (a.valid_to IS NULL OR a.valid_to > %(today)s)
    LEFT JOIN accounts_organisation o ON o.id = a.organisation_id
    WHERE s.id = %(session)s AND s.user_id = %(user)s AND s.ended_at IS NULL AND s.expires_at > %(now)s
      AND u.is_active AND u.token_version = %(token_version)s
    ORDER BY a.valid_from, a.id
"""


# -- who acts


def actor_for_session(*, session_id: UUID, user_id: UUID, token_version: int, address: str, now: datetime) -> Actor:
    """The actor behind a live session at the moment `now` (clock.now()), in one query.

    Grants come only with a second factor in this session; without one an official acts as a citizen. Raises
    DomainError TOKEN_INVALID when the session ended or expired, the person is switched off, or the version is old.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _ACTOR,
            {
                "today": clock.local(now).date(),
                "now": now,
                "session": session_id,
                "user": user_id,
                "token_version": token_version,
            },
        )
        rows = cursor.fetchall()
    if not rows:
        raise DomainError(AccountError.TOKEN_INVALID)
    mfa_at, capacities = rows[0][0], rows[0][1]
    grants = [Grant(role, organisation_id, path) for _, _, role, organisation_id, path in rows if role]
    official = mfa_at is not None and Capacity.OFFICIAL in capacities
    return _actor(user_id, grants if official else [], official=official, session=(session_id, mfa_at), address=address)


def actor_for(user_id: UUID) -> Actor:
    """The person as an actor outside any session, with today's grants. Raises USER_NOT_FOUND, also if switched off."""
    user = User.objects.filter(pk=user_id, is_active=True).only("id", "capacities").first()
    if user is None:
        raise DomainError(AccountError.USER_NOT_FOUND)
    held = _held_today().filter(user_id=user_id).order_by("valid_from", "id")
    grants = [
        Grant(row.role, row.organisation_id, row.organisation.path) for row in held.select_related("organisation")
    ]
    return _actor(user_id, grants, official=Capacity.OFFICIAL in user.capacities, session=(None, None), address="")


def _actor(
    user_id: UUID,
    grants: list[Grant],
    *,
    official: bool,
    session: tuple[UUID | None, datetime | None],
    address: str,
) -> Actor:
    return Actor(
        kind=ActorKind.OFFICIAL if official else ActorKind.CITIZEN,
        user_id=user_id,
        session_id=session[0],
        organisation_id=grants[0].organisation_id if grants else None,
        grants=frozenset(grants),
        address=address,
        mfa_at=session[1],
    )


def session_alive(session_id: UUID) -> bool:
    """Whether a session stands: not ended, not expired, its person not switched off."""
    return RefreshSession.objects.filter(
        pk=session_id, ended_at=None, expires_at__gt=clock.now(), user__is_active=True
    ).exists()


_LIVE = """
    SELECT s.id, s.user_id, u.token_version, s.mfa_at IS NOT NULL AND 'official' = ANY(u.capacities),
           a.role, a.organisation_id, o.path
    FROM accounts_refreshsession s
    JOIN accounts_user u ON u.id = s.user_id
    LEFT JOIN accounts_roleassignment a
           ON a.user_id = u.id AND a.valid_from <= %(today)s AND (a.valid_to IS NULL OR a.valid_to > %(today)s)
    LEFT JOIN accounts_organisation o ON o.id = a.organisation_id
    WHERE s.id = ANY(%(sessions)s) AND s.ended_at IS NULL AND s.expires_at > %(now)s AND u.is_active
    ORDER BY s.id
"""


def live_sessions(session_ids: Collection[UUID]) -> dict[UUID, LiveSession]:
    """Those of many sessions that stand, with the grants they carry (see `actor_for_session`), in one query."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_LIVE, {"sessions": list(session_ids), "today": clock.local(now).date(), "now": now})
        rows = cursor.fetchall()
    found: dict[UUID, LiveSession] = {}
    for session_id, group in groupby(rows, key=itemgetter(0)):
        held = list(group)
        _, user_id, token_version, official, *_ = held[0]
        grants = frozenset(Grant(role, node, path) for *_, role, node, path in held if role and official)
        found[session_id] = LiveSession(user_id, token_version, grants)
    return found


# -- organisations


def organisation(organisation_id: UUID) -> OrganisationInfo:
    """One organisation. Raises ORGANISATION_NOT_FOUND."""
    return _found(Organisation.objects.filter(pk=organisation_id).first())


def organisation_by_code(code: str) -> OrganisationInfo:
    """The organisation with this code, its own or a further one (credit, old). Raises ORGANISATION_NOT_FOUND."""
    own = Organisation.objects.filter(code=code).first()
    return _found(own or Organisation.objects.filter(codes__code=code).first())


def organisations_by_id(ids: Iterable[UUID]) -> dict[UUID, OrganisationInfo]:
    """Several organisations at once; unknown ids are left out."""
    return {row.pk: organisation_info(row) for row in Organisation.objects.filter(pk__in=set(ids))}


def list_organisations(
    *,
    region: str = "",
    level: str = "",
    parent_id: UUID | None = None,
    query: str = "",
    after_path: str = "",
    limit: int = 100,
) -> list[OrganisationInfo]:
    """Organisations in the order of the tree, after the one with path `after_path`; all filters are optional.

    `region` is a prefix of the region code (`3213` = the whole city), `query` a part of a name.
    """
    wanted = Q(path__gt=after_path) & Q(region_code__startswith=region)
    if level:
        wanted &= Q(level=level)
    if parent_id is not None:
        wanted &= Q(parent_id=parent_id)
    if query:
        wanted &= Q(name__icontains=query) | Q(short_name__icontains=query)
    return [organisation_info(row) for row in Organisation.objects.filter(wanted).order_by("path")[:limit]]


def further_codes(organisation_id: UUID) -> dict[str, str]:
    """Further codes of an organisation by kind."""
    return dict(OrganisationCode.objects.filter(organisation_id=organisation_id).values_list("kind", "code"))


def path_of(organisation_id: UUID) -> str | None:
    """The tree path of an organisation; None when there is none such."""
    return Organisation.objects.filter(pk=organisation_id).values_list("path", flat=True).first()


def subtree_ids(path: str) -> list[UUID]:
    """Ids of the organisation with this tree path and of all below it."""
    return list(Organisation.objects.filter(path__startswith=path).values_list("id", flat=True)) if path else []


def organisation_info(row: Organisation) -> OrganisationInfo:
    """An organisation row as others see it."""
    return OrganisationInfo(
        id=row.pk,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        level=row.level,
        region_code=row.region_code,
        path=row.path,
        parent_id=row.parent_id,
    )


def _found(row: Organisation | None) -> OrganisationInfo:
    if row is None:
        raise DomainError(AccountError.ORGANISATION_NOT_FOUND)
    return organisation_info(row)


# -- people


def organisations_with_role(role: str, below: str) -> list[OrganisationInfo]:
    """The organisations of a subtree at which somebody active holds a post today, by the tree."""
    held = _held_today().filter(role=role, organisation__path__startswith=below, user__is_active=True)
    rows = Organisation.objects.filter(pk__in=held.values("organisation_id"))
    return [organisation_info(row) for row in rows.order_by("path")]


def people_with_role(role: str, organisation_id: UUID) -> list[UUID]:
    """Active people whose grant of `role` reaches this organisation today, in a stable order."""
    return people_with_any_role((role,), organisation_id)


def people_with_any_role(roles: Collection[str], organisation_id: UUID) -> list[UUID]:
    """Active people to whom a grant of one of the roles reaches this organisation today, in a stable order."""
    path = path_of(organisation_id)
    if path is None:
        return []
    codes = path.rstrip(PATH_SEPARATOR).split(PATH_SEPARATOR)
    above = [PATH_SEPARATOR.join(codes[: size + 1]) + PATH_SEPARATOR for size in range(len(codes))]
    held = _held_today().filter(role__in=roles, organisation__path__in=above, user__is_active=True)
    return list(held.order_by("user_id").values_list("user_id", flat=True).distinct())


def officials(*, ids: Collection[UUID] = (), organisation_ids: Collection[UUID] = ()) -> list[OfficialInfo]:
    """Active officials with a post today: these people and all at these organisations, each once, in a stable order."""
    return _officials(Q(user_id__in=ids) | Q(organisation_id__in=organisation_ids))


def all_officials() -> list[OfficialInfo]:
    """Everybody in office today."""
    return _officials(Q())


def _officials(wanted_by: Q) -> list[OfficialInfo]:
    held = _held_today().filter(wanted_by, user__is_active=True, user__capacities__contains=[Capacity.OFFICIAL])
    rows = held.select_related("organisation", "user__identity").order_by("organisation__path", "valid_from", "id")
    found: dict[UUID, OfficialInfo] = {}
    for row in rows:
        known = OfficialInfo(row.user_id, name_of(row.user), organisation_info(row.organisation))
        found.setdefault(row.user_id, known)
    return list(found.values())


def contact_phone(user_id: UUID) -> str | None:
    """The person's mobile number as `+861…`; None without one or when switched off."""
    return User.objects.filter(pk=user_id, is_active=True).values_list("phone", flat=True).first()


def person_with_phone(phone: str) -> UUID | None:
    """Who signs in with this mobile number, if anybody."""
    number = normalised_mobile(phone)
    if number is None:
        return None
    return User.objects.filter(phone_index=phone_index(number)).values_list("id", flat=True).first()


def display_name(user_id: UUID) -> str:
    """The person's name in full (an official's, or the confirmed real name); empty when not known."""
    user = User.objects.filter(pk=user_id).select_related("identity").first()
    return "" if user is None else name_of(user)


def preferred_language(user_id: UUID) -> str:
    """`zh-hans` or `en`."""
    return User.objects.filter(pk=user_id).values_list("language", flat=True).first() or "zh-hans"


def languages_of(user_ids: Collection[UUID]) -> dict[UUID, str]:
    """The preferred languages of many active people in one query; others are missing."""
    return dict(User.objects.filter(pk__in=user_ids, is_active=True).values_list("id", "language"))


def identity_of(user_id: UUID) -> IdentityInfo | None:
    """The person's real name and ID number; None before they were given. The caller has checked the right."""
    row = Identity.objects.filter(pk=user_id).first()
    return None if row is None else IdentityInfo(row.name or "", row.id_number, row.level)


def legal_persons_of(user_id: UUID) -> list[LegalPersonInfo]:
    """The legal persons somebody acts for today."""
    today = clock.today()
    held = Representation.objects.filter(user_id=user_id, valid_from__lte=today).filter(_open(today))
    return [
        LegalPersonInfo(row.legal_person_id, row.legal_person.credit_code, row.legal_person.name, row.kind)
        for row in held.select_related("legal_person").order_by("valid_from", "id")
    ]


def legal_person(legal_person_id: UUID | None = None, *, credit_code: str = "") -> LegalPersonInfo:
    """A legal person as it is registered, by its id or its credit code. Raises NOT_FOUND."""
    row = LegalPerson.objects.filter(Q(pk=legal_person_id) if legal_person_id else Q(credit_code=credit_code)).first()
    if row is None:
        raise DomainError(CommonError.NOT_FOUND)
    return LegalPersonInfo(row.pk, row.credit_code, row.name, "")


def representatives_of(legal_person_id: UUID) -> list[UUID]:
    """The active people who act for a legal person today, in a stable order."""
    today = clock.today()
    held = Representation.objects.filter(legal_person_id=legal_person_id, valid_from__lte=today).filter(_open(today))
    return list(held.filter(user__is_active=True).order_by("user_id").values_list("user_id", flat=True).distinct())


def grants_of(user_id: UUID) -> list[GrantInfo]:
    """The roles somebody holds today."""
    held = _held_today().filter(user_id=user_id).select_related("organisation").order_by("valid_from", "id")
    return [GrantInfo(row.role, organisation_info(row.organisation)) for row in held]


def live_roles(user_id: UUID) -> list[dict[str, str]]:
    """The roles somebody holds today, as the live state of their apps shows them."""
    return [
        {"id": f"{grant.role}@{grant.organisation.code}", "role": grant.role, "organisation": grant.organisation.name}
        for grant in grants_of(user_id)
    ]


def own_profile(actor: Actor) -> Profile:
    """The actor's own account. Raises TOKEN_INVALID for an actor who is nobody."""
    user = User.objects.filter(pk=person_of(actor)).select_related("identity").first()
    if user is None:
        raise DomainError(AccountError.TOKEN_INVALID)
    identity = getattr(user, "identity", None)
    return Profile(
        id=user.pk,
        username=user.username,
        name=name_of(user),
        phone=user.phone,
        capacities=tuple(sorted(user.capacities)),
        language=user.language,
        preferences=dict(user.preferences),
        level=identity.level if identity else int(RealNameLevel.PHONE),
        id_number=identity.id_number if identity else None,
        grants=tuple(grants_of(user.pk)),
        legal_persons=tuple(legal_persons_of(user.pk)),
        has_second_factor=user.totp_secret is not None,
        version=user.version,
    )


def own_sessions(actor: Actor) -> list[SessionInfo]:
    """The actor's live sessions, the last used first."""
    alive = RefreshSession.objects.filter(user_id=person_of(actor), ended_at=None, expires_at__gt=clock.now())
    return [
        SessionInfo(row.pk, row.device_name, row.client, row.address or "", row.created_at, row.seen_at)
        for row in alive.order_by("-seen_at", "-id")[:100]
    ]


def name_of(user: User) -> str:
    """A person's name: the confirmed one, else the one the office entered, else empty."""
    identity = getattr(user, "identity", None)
    return (identity.name if identity else user.name) or ""


def phone_index(number: str) -> bytes:
    """The blind index of a normalised number."""
    return blind_index(number, purpose=PHONE_PURPOSE)


def _open(today: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=today)


def _held_today() -> QuerySet[RoleAssignment, Any]:
    today = clock.today()
    return RoleAssignment.objects.filter(_open(today), valid_from__lte=today)
