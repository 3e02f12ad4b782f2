"""The policy of signing in that holds today."""

from __future__ import annotations

from backend.accounts.models import SignInPolicy
from kernel import clock


def current_policy() -> SignInPolicy:
    """The latest policy that is in force."""
    return SignInPolicy.objects.filter(valid_from__lte=clock.today()).order_by("-valid_from")[:1].get()


def wait_headers(seconds: float) -> dict[str, str]:
    """The Retry-After header for a wait, rounded up."""
    return {"Retry-After": str(max(1, int(seconds) + 1))}
