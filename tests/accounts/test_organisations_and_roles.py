"""Organisations are a tree; a role reaches the subtree below it and nothing else; managers stay apart (MLPS 8.1.5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.accounts import selectors, services
from backend.accounts.types import AccountError, Level, Role
from kernel.errors import CommonError, DomainError
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db


def test_a_grant_reaches_its_subtree_and_no_neighbour_with_a_similar_code() -> None:
    city = make.organisation(code="3213", level=Level.CITY, region_code="321300")
    county = make.organisation(code="32132", parent=city)
    office = make.organisation(code="32132JY", parent=county)
    similar = make.organisation(code="321329", parent=city)
    clerk = make.official(Role.WINDOW_CLERK, county)
    assert selectors.people_with_role(Role.WINDOW_CLERK, office.id) == [clerk]
    assert selectors.people_with_role(Role.WINDOW_CLERK, similar.id) == []
    assert selectors.people_with_role(Role.WINDOW_CLERK, city.id) == []
    actor = make.actor(clerk)
    assert actor.has_role("window_clerk", path=office.path)
    assert not actor.has_role("window_clerk", path=similar.path)
    assert set(selectors.subtree_ids(county.path)) == {county.id, office.id}


def test_an_organisation_is_found_by_every_code_it_has() -> None:
    office = make.organisation(code="321322SJ", credit_code="11511301008778183N")
    assert selectors.organisation_by_code("321322SJ") == office
    assert selectors.organisation_by_code("11511301008778183N") == office
    with pytest.raises(DomainError) as refused:
        make.organisation(code="321323SJ", credit_code="11511301008778183A")
    assert refused.value.code is AccountError.CREDIT_CODE_INVALID


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Role.SYSTEM_MANAGER, Role.AUDIT_MANAGER),
        (Role.SECURITY_MANAGER, Role.APPROVER),
        (Role.WINDOW_CLERK, Role.SECURITY_MANAGER),
    ],
)
def test_a_manager_holds_nothing_else(first: Role, second: Role) -> None:
    place = make.organisation()
    person = make.official(first, place)
    with pytest.raises(DomainError) as refused:
        services.grant_role(actor=make.system(), user_id=person, role=second, organisation_id=place.id)
    assert refused.value.code is AccountError.MANAGERS_SEPARATE
    assert [grant.role for grant in selectors.grants_of(person)] == [first]


def test_two_business_roles_go_together_and_a_revoked_one_is_gone_at_once() -> None:
    place = make.organisation()
    person = make.official(Role.WINDOW_CLERK, place)
    services.grant_role(actor=make.system(), user_id=person, role=Role.REVIEWER, organisation_id=place.id)
    assert services.revoke_role(actor=make.system(), user_id=person, role=Role.WINDOW_CLERK, organisation_id=place.id)
    assert [grant.role for grant in selectors.grants_of(person)] == [Role.REVIEWER]
    assert selectors.people_with_role(Role.WINDOW_CLERK, place.id) == []


def test_only_the_security_manager_above_gives_roles() -> None:
    city = make.organisation(level=Level.CITY)
    county, other = make.organisation(parent=city), make.organisation(parent=city)
    manager = make.actor(make.official(Role.SECURITY_MANAGER, county))
    person = make.official()
    services.grant_role(actor=manager, user_id=person, role=Role.REVIEWER, organisation_id=county.id)
    for actor, place in ((manager, other), (replace(manager, grants=frozenset()), county)):
        with pytest.raises(DomainError) as refused:
            services.grant_role(actor=actor, user_id=person, role=Role.APPROVER, organisation_id=place.id)
        assert refused.value.code is CommonError.FORBIDDEN
    assert [grant.role for grant in selectors.grants_of(person)] == [Role.REVIEWER]
