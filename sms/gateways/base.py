"""What a way to send texts must be able to do."""

from __future__ import annotations

from typing import Protocol

from sms.types import Found, Outcome, Outgoing, Question


class Gateway(Protocol):
    """A carrier or vendor behind one interface. It holds no database connection while it waits for the network.

    `deadline_seconds` is the longest that `send` or `find` may take, trickling answers included.
    """

    name: str
    deadline_seconds: float

    def send(self, outgoing: Outgoing) -> Outcome:
        """Hand over one text. Never raises: every fault is sorted into refused, again or unknown."""
        ...

    def find(self, question: Question) -> Found:
        """Look for a text whose outcome is unknown. `UNSUPPORTED` where the provider has no look-up. Never raises."""
        ...
