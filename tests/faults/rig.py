"""The whole product beside two carriers and a partner that keep ledgers; faults go in here."""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg

from config.embedded import ports
from tests.e2e.product import Product, product
from tests.payloads.twilio import Hook
from tests.stubs.recording import StubServer
from tests.stubs.smsc import Smsc
from tests.stubs.twilio import StubTwilio

SETTLED_SECONDS = 120.0
_OURS = ("queued", "retrying", "dispatching", "unknown")


class DeadlyTwilio(StubTwilio):
    """Calls `before` when a request has come in and `after` when it has taken the text, before it answers."""

    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None

    def create(self, fields: dict[str, str]) -> dict[str, Any]:
        """Take a text, with what is planned around it."""
        if self.before is not None:
            self.before()
        taken = super().create(fields)
        if self.after is not None:
            self.after()
        return taken


class StubPartner(StubServer):
    """A partner's receiver."""

    def take(self, request: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """204 for everything."""
        self.note("accepted", request)
        return 204, {}, None


@dataclass
class Finding:
    """What a fault did: how often it was put in, how long until all was well, what was lost or came twice."""

    injected: int
    seconds: float
    lost: int
    doubled: int
    note: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing doubled, nothing else wrong."""
        return not (self.lost or self.doubled or self.wrong)


class Rig:
    """A running product and its neighbours. Django is set up on the product's own database."""

    def __init__(self, running: Product, twilio: DeadlyTwilio, smsc: Smsc, partner: StubPartner) -> None:
        self.product, self.twilio, self.smsc, self.partner = running, twilio, smsc, partner
        self.http = httpx.Client(base_url=running.known["base_url"], timeout=15, trust_env=False)

    def share(self, twilio: int) -> None:
        """Set how much goes through Twilio, the rest through SMPP, and forget what happened before."""
        self.product.change("DELETE FROM sms_gatewayhold")
        for name, share in (("twilio", twilio), ("smpp", 100 - twilio)):
            self.product.change(
                "INSERT INTO sms_carrier (gateway, share, target, failures, openings) "
                "VALUES (%(n)s, %(s)s, %(s)s, 0, 0) "
                "ON CONFLICT (gateway) DO UPDATE SET share = %(s)s, target = %(s)s, failures = 0, openings = 0",
                {"n": name, "s": share},
            )

    def queue(self, count: int, purpose: str = "statutory") -> list[str]:
        """Queue texts to numbers of their own; each is asked for again until the database said yes."""
        from tests.faults import inside  # noqa: PLC0415 - Django is set up by then

        return [inside.queue(purpose) for _ in range(count)]

    def taken(self) -> Counter[str]:
        """How often each number got a text, from whichever carrier."""
        mobile = Counter(str(line["to"]) for line in self.twilio.accepted())
        return mobile + Counter(f"+{line['destination']}" for line in self.smsc.accepted())

    def until(self, condition: Callable[[], bool], seconds: float = SETTLED_SECONDS) -> float:
        """Wait for it; how long it took. The database may be away meanwhile."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            try:
                if condition():
                    break
            except psycopg.Error:
                pass
            time.sleep(0.2)
        return time.monotonic() - started

    def settle(self, numbers: list[str], injected: int, note: str = "") -> Finding:
        """Wait until each number has its text and nothing is under way; count what is missing and what came twice."""
        wanted = set(numbers)

        def done() -> bool:
            left = self.product.query("SELECT count(*) FROM sms_message WHERE state = ANY(%(o)s)", {"o": list(_OURS)})
            return left[0][0] == 0 and wanted <= set(self.taken())

        seconds = self.until(done)
        taken = self.taken()
        doubled = sum(taken[number] > 1 for number in wanted)
        return Finding(injected, seconds, sum(not taken[number] for number in wanted), doubled, note)

    def post(self, hook: Hook) -> int:
        """Hand in a webhook; 0 when nobody answered."""
        headers = {"X-Twilio-Signature": hook.signature, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            return self.http.post(hook.path, content=hook.body, headers={**headers, **hook.headers}).status_code
        except httpx.TransportError:
            return 0

    def freeze(self, name: str, seconds: float) -> None:
        """SIGSTOP a service for so long."""
        found: int = self.product.known["pids"][name]
        os.kill(found, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            os.kill(found, signal.SIGCONT)

    def one(self, statement: Any, values: dict[str, Any] | None = None) -> Any:
        """The first value of a query."""
        return self.product.query(statement, values)[0][0]


@contextmanager
def rig() -> Iterator[Rig]:
    """Everything up inside the block."""
    account, token, port = "AC" + secrets.token_hex(16), secrets.token_hex(16), ports.pick()
    base = f"http://{ports.HOST}:{port}"
    with DeadlyTwilio(account, token, base) as twilio, Smsc() as smsc, StubPartner() as partner:
        for stub in (twilio, partner):
            stub._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        settings = {
            "WEB_PORT": str(port),
            "SMS_GATEWAYS": "twilio,smpp",
            "TWILIO_API_BASE": twilio.base,
            "TWILIO_ACCOUNT_SID": account,
            "TWILIO_AUTH_TOKEN": token,
            "TWILIO_FROM_NUMBER": "+8610690000",
            "SMPP_HOST": ports.HOST,
            "SMPP_PORT": str(smsc.port),
            "SMPP_SYSTEM_ID": "suqian",
            "SMPP_PASSWORD": "secret",
            "SMPP_SOURCE": "1069012345",
            "SMS_QUIET_HOURS_OFF": "1",
            "LEASE_SECONDS": "15",
        }
        with product(**settings) as running:
            running.start()
            yield Rig(running, twilio, smsc, partner)
