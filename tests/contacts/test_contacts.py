"""Contacts: found as people type, numbers by level, phones told what changed, nothing left lying when somebody goes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.accounts import selectors as accounts
from backend.accounts.types import AccountError, Role
from backend.agenda import services as agenda
from backend.contacts import selectors, services
from backend.contacts.types import ContactError
from backend.documents.types import Act, State
from backend.workflow import selectors as workflow
from backend.workflow import services as todos
from kernel import clock
from kernel.errors import DomainError
from mobile_api.v1.contacts.vcard import vcard
from tests.factories import accounts as people
from tests.factories.documents import Office

pytestmark = pytest.mark.django_db


def test_people_are_found_by_signs_pinyin_initials_and_post() -> None:
    place = people.organisation()
    wang = people.official(Role.REVIEWER, place, name="王秀英")
    people.official(Role.REVIEWER, place, name="李建国")
    services.refresh_all()
    assert services.refresh_all() == 0
    actor = accounts.actor_for(wang)
    services.edit_card(actor=actor, person_id=wang, post="审批科长", office_phone="0527-84368888")

    def found(q: str) -> list[str]:
        return [card.name for card in selectors.people(actor, q=q).order_by("name")]

    assert [found(q) for q in ("王秀", "wangxiu", "wxy", "科长", "84368888", "ljg")] == [*[["王秀英"]] * 5, ["李建国"]]
    assert found("赵") == []
    assert {card.name for card in selectors.people(actor)} == {"王秀英", "李建国"}


def test_mobile_numbers_are_open_within_the_unit_and_above_only() -> None:
    above = people.organisation()
    place = people.organisation(parent=above)
    wang = people.official(Role.REVIEWER, place, phone="+8613805270011")
    near, boss, far = (people.official(Role.REVIEWER, where) for where in (place, above, people.organisation()))
    services.refresh_all()
    seen = {who: selectors.card(accounts.actor_for(who), wang) for who in (wang, near, boss, far)}
    assert [seen[who].is_mobile_open for who in (wang, near, boss, far)] == [True, True, True, False]
    assert [seen[who].mobile for who in (wang, near, boss)] == ["13805270011"] * 3
    assert seen[far].mobile == "138****0011"
    assert "13805270011" in vcard(seen[near])
    assert "13805270011" not in vcard(seen[far])
    assert selectors.card(accounts.actor_for(wang), boss).is_mobile_open is False


def test_a_phone_forgets_who_moved_to_another_branch() -> None:
    place, elsewhere = people.organisation(), people.organisation()
    near, far = people.official(Role.REVIEWER, place), people.official(Role.REVIEWER, elsewhere)
    wang = people.official(Role.REVIEWER, place, name="王一")
    services.refresh_all()
    here, there = accounts.actor_for(near), accounts.actor_for(far)
    since, known = selectors.changes(here, 0).since, selectors.changes(there, 0)
    people.move(wang, Role.REVIEWER, place, elsewhere)
    services.refresh_all()
    found, arrived = selectors.changes(here, since), selectors.changes(there, known.since)
    assert [(row.person_id, row.person_id in found.here) for row in found.rows] == [(wang, False)]
    assert [(row.person_id, row.person_id in arrived.here) for row in arrived.rows] == [(wang, True)]
    assert found.scope != arrived.scope == known.scope


def test_the_tree_counts_people_from_the_city_to_the_township() -> None:
    city = people.organisation()
    county = people.organisation(parent=city, name="某县")
    town = people.organisation(parent=county, name="某镇")
    for place, count in ((city, 1), (county, 2), (town, 3)):
        for _ in range(count):
            last = people.official(Role.REVIEWER, place)
    services.refresh_all()
    actor = accounts.actor_for(last)
    top = selectors.branch(actor)
    assert (top.unit.info.id, top.unit.people, top.above) == (city.id, 6, ())
    assert [(unit.info.name, unit.people) for unit in top.below] == [("某县", 5)]
    deep = selectors.branch(actor, town.id)
    assert ([info.id for info in deep.above], deep.unit.people, deep.below) == ([city.id, county.id], 3, ())


def test_a_phone_asks_for_what_changed_and_forgets_who_left() -> None:
    place = people.organisation()
    manager = people.official(Role.SYSTEM_MANAGER, place)
    wang, li = people.official(Role.REVIEWER, place, name="王一"), people.official(Role.REVIEWER, place, name="李二")
    actor = accounts.actor_for(manager)
    services.refresh_all()
    first = selectors.changes(actor, 0)
    assert first.here == {row.person_id for row in first.rows} == {manager, wang, li}
    services.edit_card(actor=actor, person_id=li, post="科员")
    services.leave_office(actor=actor, person_id=wang, successor_id=li, reason="退休")
    found = selectors.changes(actor, first.since)
    assert [(row.person_id, row.person_id in found.here) for row in found.rows] == [(li, True), (wang, False)]
    later = selectors.changes(actor, found.since)
    assert (later.rows, later.since) == ([], found.since)
    with pytest.raises(DomainError) as caught:
        selectors.card(actor, wang)
    assert caught.value.code is ContactError.NOT_FOUND


def test_who_leaves_hands_everything_over_before_the_account_ends() -> None:
    office = Office()
    manager = accounts.actor_for(people.official(Role.SYSTEM_MANAGER, office.place))
    services.refresh_all()
    made = office.draft()
    office.act(office.drafter, made, Act.SUBMIT, checker_id=office.checker, leader_id=office.leader)
    agenda.give_task(
        actor=accounts.actor_for(office.leader), owner_id=office.checker, title="汇总清单",
        due_on=clock.today() + timedelta(days=3),
    )  # fmt: skip
    today = clock.today()
    todos.delegate(actor=accounts.actor_for(office.helper), delegate_id=office.checker, from_on=today, to_on=today)
    with pytest.raises(DomainError) as caught:
        services.leave_office(actor=manager, person_id=office.checker, successor_id=office.checker, reason="调离")
    assert caught.value.code is ContactError.BAD_SUCCESSOR
    with pytest.raises(DomainError):
        services.leave_office(
            actor=accounts.actor_for(office.leader), person_id=office.checker, successor_id=office.handler, reason="x"
        )
    assert accounts.actor_for(office.checker)
    ahead = selectors.leaving(manager, office.checker)
    assert {task.title for task in ahead.tasks} == {f"公文核稿：{made.title}", "汇总清单"}
    assert [row.principal_id for row in ahead.delegations] == [office.helper]
    left = services.leave_office(actor=manager, person_id=office.checker, successor_id=office.handler, reason="调离")
    assert (left.tasks, left.delegations) == (2, 1)
    with pytest.raises(DomainError) as gone:
        accounts.actor_for(office.checker)
    assert gone.value.code is AccountError.USER_NOT_FOUND
    successor = accounts.actor_for(office.handler)
    assert {task.title for task in workflow.tasks_for(successor).items} >= {f"公文核稿：{made.title}", "汇总清单"}
    assert office.helper in workflow.principals_of(successor)
    assert office.act(office.handler, made, Act.CHECK).state == State.SIGNING


def test_a_chain_of_departures_and_a_delegation_of_next_week_go_on_as_agreed() -> None:
    place = people.organisation()
    manager = accounts.actor_for(people.official(Role.SYSTEM_MANAGER, place))
    first, second, third, boss = (people.official(Role.REVIEWER, place) for _ in range(4))
    services.refresh_all()
    monday = clock.today() + timedelta(days=7)
    todos.delegate(actor=accounts.actor_for(boss), delegate_id=second, from_on=monday, to_on=monday)
    services.leave_office(actor=manager, person_id=first, successor_id=second, reason="退休")
    services.leave_office(actor=manager, person_id=second, successor_id=third, reason="调离")
    assert set(workflow.principals_of(accounts.actor_for(third))) == {first, second}
    with clock.shifted(timedelta(days=7)):
        assert set(workflow.principals_of(accounts.actor_for(third))) == {first, second, boss}
