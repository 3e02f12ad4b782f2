"""What the services of the ratings share."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from backend.ratings.models import Invitation
from kernel import clock
from kernel.actors import Actor
from kernel.crypto import blind_index

NUMBER_PURPOSE = "ratings.number"
SYSTEM = Actor.system("ratings")
PHONE = Actor.provider("sms")
INVITATION = "invitation"

_COUNT = """
    INSERT INTO ratings_numberday (number_index, day, kind, used) VALUES (%s, %s, %s, 1)
    ON CONFLICT (number_index, day, kind) DO UPDATE SET used = ratings_numberday.used + 1
    WHERE ratings_numberday.used < %s
    RETURNING used
"""


def number_index(number: str) -> bytes:
    """By what a number's invitations are found."""
    return blind_index(number, purpose=NUMBER_PURPOSE)


def count_today(index: bytes, kind: str, limit: int) -> bool:
    """Count one text of a kind to a number today; False when the limit is reached. A rollback gives it back."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [index, clock.today(), kind, limit])
        return cursor.fetchone() is not None


def facts(row: Invitation) -> dict[str, str]:
    """What every event about a rating says."""
    return {
        "case_id": str(row.case_id),
        "case_no": row.case_no,
        "power_name": row.power_name,
        "applicant_id": str(row.person_id),
        "organisation_id": str(row.organisation_id),
    }


def case_subject(row: Invitation) -> tuple[str, UUID]:
    """The case of an invitation, as subject of events."""
    return ("case", row.case_id)


def day_text(day: date) -> str:
    """A day in events."""
    return day.isoformat()
