"""`manage.py play_office`: a scripted week of the office, ending with everything accounted for."""

from __future__ import annotations

import secrets
from itertools import cycle
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.accounts import selectors as accounts
from backend.accounts import services as account_services
from backend.accounts.types import Role
from backend.contacts import services as contacts
from backend.documents import play as documents
from backend.leave import play as leave
from backend.meetings import play as meetings
from backend.workflow import selectors as workflow
from config.management.commands.seed_demo import demo_seed
from kernel.actors import Actor
from kernel.errors import DomainError

SYSTEM = Actor.system("play_office")
PLACES = "321300SP,321322SP,321322001"
CITY = "321300"
OFFICIALS = 40


class Command(BaseCommand):
    """Forty officials on three levels, documents, meetings, leave, somebody who goes. Not for production."""

    help = "Play a week of the office: numbers without gaps, no room twice, every receipt accounted for."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--places", default=PLACES, help="codes of organisations on three levels, the city's first")
        parser.add_argument("--officials", type=int, default=OFFICIALS)
        parser.add_argument("--documents", type=int, default=30)
        parser.add_argument("--meetings", type=int, default=len(meetings.TITLES))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; a fault ends with exit code 1 and says which."""
        demo_seed()
        places = [accounts.organisation_by_code(code).id for code in options["places"].split(",")]
        people = _appointed(places, options["officials"])
        clerk = _appoint(places[0], "文书", Role.DOCUMENT_CLERK)
        cast = documents.Cast(clerk, people[0], people[len(places) :: len(places)])
        papers = documents.play_documents(cast, options["documents"])
        met = meetings.play_week(people, accounts.organisation_by_code(CITY).id, options["meetings"])
        away = leave.play_week(*_unit_on_leave(places[0]))
        handed, left_lying = _departure(places[0], cast, people[2 * len(places)])
        faults = [*papers.faults, *met.faults, *away.faults, *left_lying]
        answers = sum(met.answers.values())
        self.stdout.write(
            f"{len(people)} officials on {len(places)} levels; documents: {papers.outgoing} out, "
            f"{papers.incoming} in, {papers.numbers} numbers without a gap, {papers.void} void, {papers.read} read, "
            f"{papers.told_by_sms} told by SMS; meetings: {len(met.meetings)}, {met.attempts} attempts at one room, "
            f"{met.refused} refused, {answers} answers; leave: {away.granted} granted, "
            f"{away.refused} refused, {away.early} back early, {away.cancelled} cancelled, "
            f"{away.raced} times refused as taken; one departure, {handed} to-dos handed over"
        )
        if faults:
            raise CommandError("\n".join(faults))


def _appointed(places: list[UUID], count: int) -> list[UUID]:
    """So many officials, spread over the places in turn."""
    order = [place for place, _ in zip(cycle(places), range(count), strict=False)]
    return [_appoint(place, f"干部{number + 1:02d}", Role.REVIEWER) for number, place in enumerate(order)]


def _unit_on_leave(place: UUID) -> tuple[UUID, list[UUID]]:
    """A head, and those who are away in turn."""
    staff = [_appoint(place, f"轮休干部{number + 1}", Role.REVIEWER) for number in range(leave.STAFF)]
    return _appoint(place, "分管负责人", Role.APPROVER), staff


def _appoint(place: UUID, name: str, role: Role) -> UUID:
    person = account_services.create_official(
        actor=SYSTEM,
        username=f"office-{secrets.token_hex(5)}",
        name=name,
        organisation_id=place,
        password=secrets.token_urlsafe(18) + "Aa1",
    )
    account_services.grant_role(actor=SYSTEM, user_id=person, role=role, organisation_id=place)
    return person


def _departure(place: UUID, cast: documents.Cast, successor: UUID) -> tuple[int, list[str]]:
    """The leader goes with work lying open; how many to-dos changed hands, and what the successor cannot go on with."""
    left = documents.left_waiting(cast)
    manager = accounts.actor_for(_appoint(place, "系统管理员", Role.SYSTEM_MANAGER))
    before = {task.id for task in workflow.tasks_for(accounts.actor_for(cast.leader), limit=100).items}
    contacts.leave_office(actor=manager, person_id=cast.leader, successor_id=successor, reason="退休")
    after = {task.id for task in workflow.tasks_for(accounts.actor_for(successor), limit=100).items}
    faults = [f"to-do {task} was left lying" for task in before - after]
    if not before:
        faults.append("nothing waited for who left, so the departure shows nothing")
    try:
        documents.take_over(cast, successor, left)
    except DomainError as exc:
        faults.append(f"the successor cannot go on: {exc.code.code}")
    try:
        accounts.actor_for(cast.leader)
    except DomainError:
        return len(before), faults
    return len(before), [*faults, "the account of who left is still open"]
