"""The main job of the demo with devices that do not give up and a carrier of its own, told of each moment."""

from __future__ import annotations

from typing import Any

from config.demo import officials, papers, residents
from config.demo.phone import UnexpectedAnswerError, until
from config.demo.scene import Scene
from tests.e2e.carrier import Carrier
from tests.e2e.director import Director
from tests.e2e.people import ResumingSocket, StubbornPhone

TEXT_SECONDS = 90.0  # a killed worker's lease, two look-ups, and room


class KillScene(Scene):
    """One citizen with one case, and the officials. Each case has a citizen of its own, as a number is asked for a
    rating once a day only."""

    socket: Any

    def __init__(self, director: Director, carrier: Carrier, accounts: list[dict[str, Any]]) -> None:
        self.director = director
        self.phones: list[StubbornPhone] = []
        base_url = director.product.known["base_url"]
        super().__init__(base_url, base_url, accounts, residents.fresh_number())
        self.carrier: Any = carrier

    def phone(self, owner: str) -> StubbornPhone:
        """A device that repeats, and tells the director what it is about to do."""
        made = StubbornPhone(self.base_url, owner, self.director.cue)
        self.phones.append(made)
        return made

    def sms(self, seen: int, containing: str, *, what: str) -> str:
        """Wait for a text; the moment before is the one between an act and its text."""
        self.director.cue(f"before {what}")

        def look() -> str | None:
            return next((text for text in self.carrier.newer(self.number, seen) if containing in text), None)

        text: str = until(what, look, seconds=TEXT_SECONDS)
        return text

    def say(self, who: str, what: str) -> None:
        """Keep silent."""

    def arrive(self) -> None:
        """Sign in and open the live connection."""
        papers.person.cache_clear()
        residents.sign_in(self)
        self.citizen.call("POST", "/me/devices", expect=201,
                          json={"platform": "webpush", "subscription": self.push.subscription()})  # fmt: skip
        snapshot = self.citizen.get("/me/snapshot")
        phone = self.phone("屏幕")
        phone.token = self.citizen.token
        self.socket = ResumingSocket(phone, self.origin, snapshot["realtime_url"], snapshot["cursor"])
        until("连接", lambda: self.socket.connections)

    def play(self) -> tuple[str, str]:
        """One case from the application to the counted rating; returns its id and number."""
        residents.apply(self)
        officials.handle(self)
        self._rate()
        return self.case_id, self.case_no

    def _rate(self) -> None:
        def invited() -> bool:
            texts = self.carrier.newer(self.number, 0)
            return any("请评价" in text and self.case_no in text for text in texts)

        until("评价邀请短信", invited, seconds=TEXT_SECONDS)
        status = self.carrier.reply(self.number, "5", containing="请评价")
        assert 200 <= status < 300, status
        self.director.cue("replied")
        until("评价入库", lambda: self._rating() == 5, seconds=TEXT_SECONDS)

    def _rating(self) -> int | None:
        try:
            level: int = self.citizen.get(f"/cases/{self.case_id}/rating")["level"]
        except UnexpectedAnswerError as exc:
            if ": 404 " in str(exc):
                return None
            raise
        return level

    def see_everything(self) -> None:
        """The live connection has shown each event up to now once and in order, however often it was cut."""
        cursor = self.citizen.get("/me/snapshot")["cursor"]
        until("the last event on the screen", lambda: self.socket.cursor == cursor)
        assert self.socket.faults == []
        assert [frame["seq"] for frame in self.socket.frames] == list(range(self.socket.first + 1, cursor + 1))

    def close(self) -> None:
        """Put the devices away."""
        if hasattr(self, "socket"):
            self.socket.close()
        super().close()
