"""How fast a new tender reaches its subscribers: 100,000 subscriptions that all fit, a device each.

Goals: rows within 2.2 s, handed over to the message centre and to push within 60 s (performance.md).
"""

# ruff: noqa: E402 - Django is set up before anything of it is imported

from __future__ import annotations

import hashlib
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

import django

django.setup()

from backend.accounts.models import User
from backend.notifications.models import Notification
from backend.push.models import PushDevice, PushMessage
from backend.tenders import services
from backend.tenders.models import Alert, Subscription
from kernel import clock
from kernel.ids import uuid7
from tests.factories import tenders as make

BATCH = 5000
CATEGORIES = (["works"], [], ["works", "goods"])
KEYWORDS = ([], ["青年", "年路"], ["改造"])


def fill(count: int) -> None:
    """People with a device and a subscription that fits; a tenth as many that do not."""
    now = clock.now()
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        users = User.objects.bulk_create(User(username=f"bench{n}", capacities=["citizen"]) for n in numbers)
        PushDevice.objects.bulk_create(
            PushDevice(
                person_id=user.pk, platform="webpush", token_digest=hashlib.sha256(user.pk.bytes).digest(),
                service="push.example", registered_at=now, seen_at=now,
            )
            for user in users
        )  # fmt: skip
        Subscription.objects.bulk_create(
            Subscription(
                person_id=user.pk, name="订阅", pace="at_once", categories=CATEGORIES[n % 3], tokens=KEYWORDS[n % 3],
                regions=["3213"] if n % 2 else [], min_fen=1 if n % 5 else None, active=True,
            )
            for n, user in zip(numbers, users, strict=True)
        )  # fmt: skip
    for start in range(0, count // 10, BATCH):
        Subscription.objects.bulk_create(
            Subscription(person_id=uuid7(), name="别处", pace="at_once", regions=["3201"])
            for _ in range(min(BATCH, count // 10 - start))
        )


def main() -> int:
    """Measure once."""
    count = int(os.environ.get("BENCH_SUBSCRIPTIONS", "100000"))
    fill(count)
    notice = make.called().project.notices.get()
    started = time.perf_counter()
    rows = services.match_notice(notice_id=notice.id)
    matched = time.perf_counter()
    handed = 0
    while done := services.hand_over():
        handed += done
    ended = time.perf_counter()
    print(f"{rows} alert rows written           {matched - started:7.2f} s")
    print(f"{handed} handed over                  {ended - matched:7.2f} s")
    told, pushed = Notification.objects.count(), PushMessage.objects.count()
    print(f"in message centres {told}, pushes queued {pushed}, waiting {Alert.objects.filter(handed_at=None).count()}")
    return 0 if rows == handed == told == pushed == count else 1


if __name__ == "__main__":
    sys.exit(main())
