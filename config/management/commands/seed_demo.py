"""`manage.py seed_demo`: the demo city, for embedded installations and tests from outside only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.accounts import services as accounts
from backend.attendance import services as attendance
from backend.centres import services as centres
from backend.contacts import services as contacts
from backend.documents import services as documents
from backend.inquiries import services as inquiries
from backend.leave import services as leave
from backend.meetings import services as meetings
from backend.powers import services as powers
from backend.statistics import services as statistics
from config import env
from config.demo import history
from kernel.actors import Actor

COUNTY_WITH_A_DESK = "321323"
"""泗阳县 answers its own calls to 12345; all other orders go to the city's desk."""


def demo_seed() -> str:
    """What the demo's passwords are derived from. Raises CommandError under production settings."""
    if settings.PRODUCTION:
        raise CommandError("The demo city is not for production.")
    return env.text("DEMO_SEED") or settings.SECRET_KEY


class Command(BaseCommand):
    """Put organisations, people and items in place; running it again changes nothing."""

    help = "Load the demo city: organisations, people with roles, published items. Refused in production."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each app puts its own part in place."""
        city = accounts.seed_city(seed=demo_seed())
        report = powers.load_items(actor=Actor.system("demo city"), organisation_ids=city.staffed)
        places = centres.load_centres(actor=Actor.system("demo city"))
        rooms = meetings.load_rooms(actor=Actor.system("demo city"), organisation_ids=city.staffed)
        shifts = attendance.load_shifts(actor=Actor.system("demo city"), organisation_ids=city.staffed)
        careers = leave.load_careers(actor=Actor.system("demo city"), organisation_ids=city.staffed)
        inquiries.open_county_desk(actor=Actor.system("demo city"), code=COUNTY_WITH_A_DESK)
        documents.load_codes(actor=Actor.system("demo city"), organisation_ids=city.staffed)
        contacts.refresh_all()
        past = statistics.import_past(
            actor=Actor.system("demo city"), source=history.SOURCE, cases=history.cases(demo_seed())
        )
        self.stdout.write(
            f"{len(city.organisations)} organisations; items: {len(report.created)} new, "
            f"{len(report.changed)} changed, {len(report.unchanged)} as they were; "
            f"{sum(place.is_changed for place in places)} service centres put in place; {rooms} meeting rooms, "
            f"{shifts} shifts, {careers} balances of leave; {past.taken} past cases for the figures"
        )
