"""How long a sign-in code waits while 100,000 notices are due and the carrier takes 0.2 s a text.

Goal: a code leaves in under 2 s. Real relay and workers, as `make run` starts them, and a carrier on this machine.
"""

# ruff: noqa: E402 - Django is set up before anything of it is imported

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

import django

django.setup()

from django.conf import settings

from config.embedded import processes
from kernel import clock
from sms.models import Message
from sms.services import queue_message
from sms.types import Purpose
from tests.factories.sms import queue_notice, random_mobile
from tests.stubs.twilio import StubTwilio

FOLDER = Path(__file__).resolve().parent.parent
BATCH, CODES, CARRIER_SECONDS = 5000, 30, 0.2


def fill(count: int) -> None:
    """Notices that are all due now."""
    queue_notice(random_mobile())
    first = Message.objects.select_related("template_version").get()
    now = clock.now()
    for start in range(0, count, BATCH):
        Message.objects.bulk_create(
            Message(
                reference=f"bench:{number}", purpose=Purpose.STATUTORY, template_version=first.template_version,
                to_number=f"+86139{number:08d}", to_index=first.to_index, to_masked=first.to_masked, text=first.text,
                parts=1, queued_at=now, due_at=now, give_up_at=first.give_up_at,
            )
            for number in range(start, min(start + BATCH, count))
        )  # fmt: skip


def queue_code() -> str:
    """A code; returns its number."""
    number = random_mobile()
    queue_message(
        to=number,
        template="otp",
        params={"code": "123456", "minutes": "5"},
        purpose=Purpose.OTP,
        reference=f"bench:code:{number}",
    )
    return number


def measure(carrier: StubTwilio) -> list[float]:
    """Seconds from the commit of each code until the carrier has its request."""
    asked: dict[str, float] = {}
    for _ in range(CODES):
        number = queue_code()
        asked[number] = time.monotonic()
        time.sleep(1)
    time.sleep(10)
    seen = {line["to"]: line["at"] for line in carrier.requested()}
    return sorted(seen.get(number, time.monotonic()) - at for number, at in asked.items())


def main() -> int:
    """Measure once."""
    count = int(os.environ.get("BENCH_NOTICES", "100000"))
    fill(count)
    with StubTwilio(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.PUBLIC_BASE_URL) as carrier:
        carrier.fault(accept=True, delay=CARRIER_SECONDS, times=10**9)
        environment = {
            **os.environ,
            "SMS_GATEWAY": "twilio",
            "TWILIO_API_BASE": carrier.base,
            "SMS_QUIET_HOURS_OFF": "1",
            "LOG_LEVEL": "WARNING",
        }
        running = [
            subprocess.Popen(process.command, cwd=FOLDER, env={**environment, **process.environment})
            for process in processes.product(FOLDER, Path(tempfile.gettempdir()), environment, 0, 0)
            if process.name in ("relay", "worker", "codes")
        ]
        try:
            time.sleep(15)
            waits = measure(carrier)
            others = len(carrier.accepted()) - CODES
        finally:
            for child in running:
                child.terminate()
            for child in running:
                child.wait()
    left = Message.objects.filter(purpose=Purpose.STATUTORY, state="queued").count()
    print(f"notices waiting {count}, sent meanwhile {others}, still waiting {left}")
    print(f"a code leaves after: median {waits[len(waits) // 2]:.2f} s, slowest {waits[-1]:.2f} s ({CODES} codes)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
