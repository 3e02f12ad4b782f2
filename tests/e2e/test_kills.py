"""Whatever is killed, whenever: no case, journal line or event is lost, and no text goes twice that the carrier has
(reliability F01–F06, promises 1 to 4).

The main job is played on the whole product. On the way each of its processes gets SIGKILL, and in the end the parent of
all. People's devices repeat what was not answered, as apps do, and nobody else helps. The carrier is a process of its
own and remembers what it has accepted; of its reports half never come. A case that was played without a kill is the
measure: the others must have the same journal, events, screens, messages and texts, each as often.

`KILL_ROUNDS=20 KILL_SEED=7 pytest tests/e2e/test_kills.py -k random` plays that many more cases with random kills.
"""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from tests.e2e import proofs
from tests.e2e.carrier import Carrier, CuedTwilio
from tests.e2e.director import PARENT, Director, Kill
from tests.e2e.kill_play import KillScene
from tests.e2e.product import Product, product

pytestmark = pytest.mark.slow
logging.getLogger("httpx").setLevel(logging.WARNING)

LEASE_SECONDS = "15"
ROUNDS = int(os.environ.get("KILL_ROUNDS", "0"))
SEED = int(os.environ.get("KILL_SEED", "0")) or secrets.randbelow(10**6)

ACCEPTED = "accepted by the carrier"
FIRST_TEXT, ACT_TEXT = "before 提交回执短信", "before 办理结果短信"
# Two cases; in each, every kill has its own moment. What is killed without delay dies inside the moment.
CASES: tuple[tuple[tuple[str, str, bool], ...], ...] = (
    (("submit", "web", False), (ACCEPTED, "worker", False), ("accept", "PostgreSQL", False),
     (ACT_TEXT, "Valkey", False), ("grant", "realtime", False), ("reply", "web", True)),
    ((ACCEPTED, "PostgreSQL", False), (FIRST_TEXT, "relay", False), (ACT_TEXT, PARENT, False),
     ("grant", "worker", True)),
)  # fmt: skip
MOMENTS = ("cases", "materials", "submit", FIRST_TEXT, "accept", "pass", ACT_TEXT, "grant", "deliver", "reply",
           "replied", ACCEPTED, ACCEPTED)  # fmt: skip
VICTIMS = ("web", "worker", "realtime", "relay", "beat", "Valkey", "PostgreSQL", PARENT)
WITH_CHILDREN = {"web", "worker", "PostgreSQL"}


class Play:
    """A product, a carrier, officials, and one citizen after the other."""

    def __init__(self, running: Product, stub: CuedTwilio, random: Random) -> None:
        self.product, self.random = running, random
        self.director = Director(running, random)
        stub.public_base_url, stub.cue = running.known["base_url"], self.director.cue
        self.carrier = Carrier(stub, random)
        self.accounts = running.accounts()
        self.scenes: list[KillScene] = []
        self.settling: list[float] = []
        self.good: dict[str, Counter[Any]] = {}

    def begin(self) -> None:
        """Play the case that nothing happens to."""
        self.good = self._story()

    def _story(self, *kills: tuple[str, Kill]) -> dict[str, Counter[Any]]:
        """A citizen comes and has a case, things are killed on the way, all comes to rest: what became of it."""
        scene = KillScene(self.director, self.carrier, self.accounts)
        scene.staff = self.scenes[0].staff if self.scenes else []
        self.scenes.append(scene)
        scene.arrive()
        for moment, kill in kills:
            self.director.plan(moment, kill)
        scene.play()
        self.director.finish()
        self.settling.append(proofs.settle(self.product))
        scene.see_everything()
        return proofs.story_of(self.product, self.carrier, scene.case_id, scene.number)

    def case(self, *kills: tuple[str, Kill]) -> None:
        """Play a case with these kills; it must come out as the good one did."""
        assert self._story(*kills) == self.good, self.director.done

    def prove(self) -> str:
        """Everything that must hold in the end; returns the figures."""
        proofs.nothing_lost(self.product)
        texts = proofs.nothing_twice(self.product, self.carrier)
        sockets = [scene.socket for scene in self.scenes]
        phones = {phone for scene in self.scenes for phone in (*scene.phones, *scene.staff)}
        return (
            f"seed {SEED}: {len(self.director.done)} kills, {len(self.scenes)} cases, {texts} texts, "
            f"{sum(len(socket.frames) for socket in sockets)} live events over "
            f"{sum(socket.connections for socket in sockets)} connections, "
            f"{sum(phone.repeated for phone in phones)} requests repeated, "
            f"at rest {max(self.settling):.1f} s after the play at the latest"
        )

    def close(self) -> None:
        """Put everything away."""
        self.carrier.close()
        for scene in self.scenes:
            scene.close()


@contextmanager
def play() -> Iterator[Play]:
    """Everything that is needed, and the good case played."""
    random = Random(SEED)
    account, token = "AC" + secrets.token_hex(16), secrets.token_hex(16)
    with CuedTwilio(account, token) as stub, product(
        SMS_GATEWAY="twilio", TWILIO_API_BASE=stub.base, TWILIO_ACCOUNT_SID=account, TWILIO_AUTH_TOKEN=token,
        TWILIO_FROM_NUMBER="+8610690000", LEASE_SECONDS=LEASE_SECONDS, JWT_ACCESS_SECONDS="3600",
    ) as running:  # fmt: skip
        running.start()
        one = Play(running, stub, random)
        try:
            one.begin()
            yield one
        except BaseException:
            print(*one.director.done, running.said(), *proofs.unfinished(running), sep="\n  ")
            raise
        finally:
            one.close()


def test_each_part_is_killed_in_the_main_job() -> None:
    with play() as one:
        for kills in CASES:
            one.case(*((moment, _kill(one.random, victim, child, moment)) for moment, victim, child in kills))
        print(one.prove(), *one.director.done, sep="\n  ")


def _kill(random: Random, victim: str, child: bool, moment: str) -> Kill:
    return Kill(victim, 0.0 if moment == ACCEPTED else random.uniform(0.001, 0.25), child)


@pytest.mark.skipif(not ROUNDS, reason="KILL_ROUNDS says how many cases are played with random kills, at most 15")
def test_random_kills() -> None:
    with play() as one:
        for _ in range(ROUNDS):
            done, started = len(one.director.done), time.monotonic()
            one.case(*(_any(one.random) for _ in range(one.random.randint(1, 3))))
            proofs.nothing_twice(one.product, one.carrier)
            print(f"{time.monotonic() - started:.1f} s", *one.director.done[done:], sep="\n  ", flush=True)
        print(one.prove())


def _any(random: Random) -> tuple[str, Kill]:
    moment, victim = random.choice(MOMENTS), random.choice(VICTIMS)
    at_once = 0.0 if moment == ACCEPTED else 0.001
    after = random.choice([at_once, random.uniform(0.001, 0.6)])
    return moment, Kill(victim, after, victim in WITH_CHILDREN and random.random() < 0.5)
