"""`manage.py play_meetings`: the meetings of a scripted week."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.accounts import selectors as accounts
from backend.meetings import play


class Command(BaseCommand):
    """Plays meetings among the officials of an organisation and those below it. For installations without real ones."""

    help = "Play a week of meetings: eight attempts at one room at once, every answer accounted for."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--organisation", default="321300JY", help="code of the organisation")
        parser.add_argument("--meetings", type=int, default=len(play.TITLES))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        home = accounts.organisation_by_code(options["organisation"])
        people = [info.id for info in accounts.officials(organisation_ids=accounts.subtree_ids(home.path))]
        if len(people) < 2:
            raise CommandError(f"{home.name} has {len(people)} officials; a meeting needs two")
        found = play.play_week(people, home.id, options["meetings"])
        answers = ", ".join(f"{name or 'none'} {count}" for name, count in found.answers.most_common())
        self.stdout.write(
            f"{len(found.meetings)} meetings, {found.attempts} attempts at the room, {found.refused} refused; "
            f"answers: {answers}; {found.signed_in} signed in; {found.decisions} decisions"
        )
        if found.faults:
            raise CommandError("\n".join(found.faults))
