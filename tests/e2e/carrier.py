"""The carrier beside the product: what it has accepted it has accepted, whoever is killed."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import httpx

from config.demo.phone import UnexpectedAnswerError
from tests.payloads.twilio import Hook
from tests.stubs.twilio import StubTwilio

PATIENCE_SECONDS = 60.0
_BLIND_SECONDS = 0.5


class CuedTwilio(StubTwilio):
    """Tells of each message between taking it and answering."""

    cue: Callable[[str], None] = staticmethod(lambda _: None)

    def create(self, fields: dict[str, str]) -> dict[str, Any]:
        """Take a message, tell, and only then answer."""
        taken = super().create(fields)
        self.cue("accepted by the carrier")
        return taken


class Carrier:
    """What the play needs of a carrier, over a stub of Twilio. Reports on half of the texts, once, and may fail to."""

    def __init__(self, stub: CuedTwilio, random: Random) -> None:
        self.stub, self.random = stub, random
        self.http = httpx.Client(base_url=stub.public_base_url, timeout=10, trust_env=False)
        self.told: set[str] = set()
        self._ended = threading.Event()
        self._reporter = threading.Thread(target=self._report, daemon=True)
        self._reporter.start()

    def _texts(self, number: str) -> list[dict[str, Any]]:
        return [message for message in list(self.stub.messages) if message["to"] == number]

    def count(self, number: str) -> int:
        """How many texts the number has got."""
        return len(self._texts(number))

    def newer(self, number: str, seen: int) -> list[str]:
        """The texts after the first `seen`."""
        return [message["body"] for message in self._texts(number)[seen:]]

    def accepted(self) -> Counter[str]:
        """How often a text was accepted, by attempt."""
        return Counter(str(line["attempt"]) for line in self.stub.accepted())

    def reply(self, number: str, text: str, *, containing: str) -> int:
        """Answer the newest text that contains `containing`; handed in again until the webhook takes it."""
        asked = next(one for one in reversed(self._texts(number)) if containing in one["body"])
        hook = self.stub.inbound(number, text, to=asked["from"])
        self.stub.cue("reply")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            status = self._post(hook)
            if 0 < status < 500:
                return status
            time.sleep(0.3)
        raise UnexpectedAnswerError("the webhook takes no reply")

    def _post(self, hook: Hook) -> int:
        headers = {"X-Twilio-Signature": hook.signature, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            return self.http.post(hook.path, content=hook.body, headers=headers).status_code
        except httpx.TransportError:
            return 0

    def _report(self) -> None:
        while not self._ended.wait(_BLIND_SECONDS):
            for message in list(self.stub.messages):
                if message["sid"] not in self.told:
                    self.told.add(message["sid"])
                    if self.random.random() < 0.5:
                        self._post(self.stub.report(message["sid"], "delivered"))

    def close(self) -> None:
        """Report no more."""
        self._ended.set()
        self._reporter.join(15)
