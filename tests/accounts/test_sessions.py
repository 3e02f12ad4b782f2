"""F27, F28: a refresh token works once; whatever ends a session ends it at once and everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest

from backend.accounts import selectors, services
from backend.accounts.models import RefreshSession, User
from backend.accounts.services.sessions import open_session
from backend.accounts.types import AccountError, Client, Role, SignedIn
from backend.journal.models import JournalLine
from kernel import clock
from kernel.errors import DomainError
from kernel.models import OutboxEvent
from tests.accounts.parallel import at_once
from tests.factories import accounts as make

Travel = Callable[..., None]
PHONE = Client(address="203.0.113.1", user_agent="app 1", device_name="phone")
THIEF = Client(address="198.51.100.66", user_agent="curl")


def _session(user_id: UUID | None = None, *, mfa: bool = False, client: Client = PHONE) -> SignedIn:
    user = User.objects.get(pk=user_id or make.citizen())
    return open_session(user=user, client=client, mfa_at=clock.now() if mfa else None)


def _refresh(token: str, client: Client = PHONE) -> str:
    try:
        return services.refresh(token=token, client=client).refresh
    except DomainError as refused:
        return refused.code.code


def _stands(signed_in: SignedIn) -> bool:
    try:
        selectors.actor_for_session(
            session_id=signed_in.session_id,
            user_id=signed_in.user_id,
            token_version=signed_in.token_version,
            address="203.0.113.1",
            now=clock.now(),
        )
    except DomainError as refused:
        return refused.code is not AccountError.TOKEN_INVALID
    return True


@pytest.mark.django_db
def test_tokens_follow_each_other(travel: Travel) -> None:
    session = _session()
    token = session.refresh
    for _ in range(5):
        travel(minutes=9)
        following = _refresh(token)
        assert following not in {token, "token_invalid"}
        token = following
    assert _stands(session)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_from_the_same_phone_get_the_same_successor() -> None:
    session = _session()
    results = at_once([partial(_refresh, session.refresh)] * 20)
    assert len(set(results)) == 1
    assert RefreshSession.objects.get().generation == 2
    assert _refresh(results[0]) not in {results[0], "token_invalid"}


@pytest.mark.django_db(transaction=True)
def test_a_thief_racing_the_phone_ends_the_session_for_both() -> None:
    session = _session()
    clients = [PHONE if number % 2 else THIEF for number in range(10)]
    results = at_once([partial(_refresh, session.refresh, client) for client in clients])
    successors = {result for result in results if result != "token_invalid"}
    assert len(successors) <= 1
    assert not _stands(session)
    assert [_refresh(token) for token in successors] == ["token_invalid"] * len(successors)


@pytest.mark.django_db
def test_a_lost_answer_may_be_asked_for_again_for_ten_seconds(travel: Travel) -> None:
    session = _session()
    successor = _refresh(session.refresh)
    travel(seconds=9)
    assert _refresh(session.refresh) == successor
    assert _stands(session)


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "client"), [(11, PHONE), (1, THIEF)])
def test_a_late_or_foreign_second_use_ends_the_family_and_warns(travel: Travel, seconds: int, client: Client) -> None:
    session, other = _session(), _session()
    successor = _refresh(session.refresh)
    travel(seconds=seconds)
    assert _refresh(session.refresh, client) == "token_invalid"
    assert _refresh(successor) == "token_invalid"
    assert not _stands(session)
    assert _stands(other)
    told = OutboxEvent.objects.get(type="account.session_revoked")
    assert (told.subject_id, told.data["reason"]) == (session.user_id, "reuse")
    assert JournalLine.objects.filter(action="account.session_revoked", subject_id=session.user_id).count() == 1


@pytest.mark.django_db
def test_an_old_generation_ends_the_family_too(travel: Travel) -> None:
    session = _session()
    second = _refresh(session.refresh)
    third = _refresh(second)
    assert _refresh(session.refresh) == "token_invalid"
    assert _refresh(third) == "token_invalid"


@pytest.mark.django_db
def test_a_made_up_token_ends_nothing() -> None:
    session = _session()
    forged = session.refresh[:30] + ("A" if session.refresh[30] != "A" else "B") + session.refresh[31:]
    for token in (forged, "", "x", "A" * 70, session.refresh + "A", "é" * 70):
        assert _refresh(token) == "token_invalid"
    assert _stands(session)
    assert _refresh(session.refresh) != "token_invalid"


@pytest.mark.django_db
def test_tokens_end_after_fourteen_days_without_use(travel: Travel) -> None:
    session = _session()
    travel(days=14, seconds=1)
    assert _refresh(session.refresh) == "token_invalid"
    assert not _stands(session)


@pytest.mark.django_db
def test_switching_off_ends_every_session_at_once_and_tells() -> None:
    user = make.citizen()
    sessions = [_session(user), _session(user)]
    services.deactivate(actor=make.system(), user_id=user, reason="left")
    assert not any(_stands(session) for session in sessions)
    assert {_refresh(session.refresh) for session in sessions} == {"token_invalid"}
    told = OutboxEvent.objects.filter(type="account.session_ended").values_list("data__session_id", flat=True)
    assert set(told) == {str(session.session_id) for session in sessions}
    services.reactivate(actor=make.system(), user_id=user, reason="back")
    assert not any(_stands(session) for session in sessions)


@pytest.mark.django_db
def test_a_lost_role_is_lost_in_the_running_session() -> None:
    place = make.organisation()
    user = make.official(Role.APPROVER, place)
    session = _session(user, mfa=True)

    def grants() -> int:
        actor = selectors.actor_for_session(
            session_id=session.session_id,
            user_id=user,
            token_version=session.token_version,
            address="",
            now=clock.now(),
        )
        return len(actor.grants)

    assert grants() == 1
    services.revoke_role(actor=make.system(), user_id=user, role=Role.APPROVER, organisation_id=place.id)
    assert grants() == 0
    told = OutboxEvent.objects.filter(type="account.rights_changed", subject_id=user)
    assert [row.data["change"] for row in told.order_by("occurred_at")] == ["granted", "revoked"]


@pytest.mark.django_db
def test_a_new_password_ends_the_other_sessions_and_keeps_this_one() -> None:
    user = make.official(Role.APPROVER)
    here, elsewhere = _session(user, mfa=True), _session(user, mfa=True)
    actor = selectors.actor_for_session(
        session_id=here.session_id, user_id=user, token_version=here.token_version, address="", now=clock.now()
    )
    services.change_password(actor=actor, password=make.PASSWORD, new_password="Quite-Another-2026", client=PHONE)
    assert (_stands(here), _stands(elsewhere)) == (True, False)


@pytest.mark.django_db
def test_one_device_can_be_signed_out_but_nobody_elses() -> None:
    user = make.citizen()
    here, lost, foreign = _session(user), _session(user), _session()
    actor = selectors.actor_for_session(
        session_id=here.session_id, user_id=user, token_version=here.token_version, address="", now=clock.now()
    )
    assert {row.id for row in selectors.own_sessions(actor)} == {here.session_id, lost.session_id}
    services.end_own_session(actor=actor, session_id=lost.session_id)
    for session_id in (foreign.session_id, lost.session_id):
        with pytest.raises(DomainError) as refused:
            services.end_own_session(actor=actor, session_id=session_id)
        assert refused.value.code is AccountError.SESSION_NOT_FOUND
    assert [_stands(session) for session in (here, lost, foreign)] == [True, False, True]
    assert [row.id for row in selectors.own_sessions(actor)] == [here.session_id]


@pytest.mark.django_db
def test_a_request_costs_one_query_for_session_person_and_rights(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    place = make.organisation()
    user = make.official(Role.APPROVER, place)
    services.grant_role(actor=make.system(), user_id=user, role=Role.REVIEWER, organisation_id=place.id)
    session, now = _session(user, mfa=True), clock.now()
    with django_assert_num_queries(1):
        actor = selectors.actor_for_session(
            session_id=session.session_id, user_id=user, token_version=1, address="", now=now
        )
    assert {grant.role for grant in actor.grants} == {"approver", "reviewer"}
