"""Forgetting what guards no longer need (PIPL Art. 19: kept no longer than necessary)."""

from __future__ import annotations

from datetime import timedelta

from backend.accounts.models import IdentityAttempt, MfaChallenge, OtpCode, SignInGuess
from kernel import clock

KEEP = timedelta(days=2)


def forget_old_guards() -> None:
    """Delete codes, guesses, challenges and attempts older than two days."""
    edge = clock.now() - KEEP
    OtpCode.objects.filter(sent_at__lt=edge).delete()
    SignInGuess.objects.filter(at__lt=edge).delete()
    MfaChallenge.objects.filter(expires_at__lt=edge).delete()
    IdentityAttempt.objects.filter(at__lt=edge).delete()
