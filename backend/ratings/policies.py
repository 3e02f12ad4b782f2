"""The policy in force."""

from __future__ import annotations

from backend.ratings.models import RatingPolicy
from kernel import clock


def policy_in_force() -> RatingPolicy:
    """The newest policy whose day has come. LookupError when there is none, which a migration prevents."""
    row = RatingPolicy.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from").first()
    if row is None:
        raise LookupError("no rating policy")
    return row
