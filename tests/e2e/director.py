"""Kills parts of the product on cue: when this happens, after so many milliseconds, that part dies."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from random import Random

from tests.e2e.product import Product

PARENT = "parent"


@dataclass(frozen=True, slots=True)
class Kill:
    """`victim` dies `after` seconds; `child` for one of its own children instead of the whole."""

    victim: str
    after: float = 0.0
    child: bool = False

    def __str__(self) -> str:
        return f"{self.victim}{' (child)' if self.child else ''} +{self.after * 1000:.0f} ms"


class Director:
    """Holds the script of kills. A kill without delay is done before `cue` returns."""

    def __init__(self, product: Product, random: Random) -> None:
        self.product, self.random = product, random
        self.done: list[str] = []
        self.faults: list[str] = []
        self._script: dict[str, deque[Kill]] = defaultdict(deque)
        self._under_way: list[threading.Thread] = []
        self._one_at_a_time = threading.Lock()

    def plan(self, moment: str, kill: Kill) -> None:
        """Do this when the moment comes next; one kill for each time it comes."""
        self._script[moment].append(kill)

    def cue(self, moment: str) -> None:
        """A moment has come."""
        if not self._script[moment]:
            return
        kill = self._script[moment].popleft()
        if not kill.after:
            self._do(moment, kill)
            return
        thread = threading.Thread(target=self._later, args=(moment, kill), daemon=True)
        self._under_way.append(thread)
        thread.start()

    def finish(self) -> None:
        """Wait for the kills under way. Fails when one was planned and did not come to pass."""
        for thread in self._under_way:
            thread.join(150)
            assert not thread.is_alive()
        self._under_way.clear()
        assert not self.faults, self.faults
        assert not {moment: list(kills) for moment, kills in self._script.items() if kills}

    def _later(self, moment: str, kill: Kill) -> None:
        time.sleep(kill.after)
        self._do(moment, kill)

    def _do(self, moment: str, kill: Kill) -> None:
        with self._one_at_a_time:
            try:
                self._kill(kill)
            except (AssertionError, OSError) as exc:
                self.faults.append(f"{moment}: {kill}: {exc}")
                return
        self.done.append(f"{moment}: {kill}")

    def _kill(self, kill: Kill) -> None:
        if kill.victim == PARENT:
            self.product.kill_parent()
            self.product.start()
        elif kill.child:
            self.product.kill_child(kill.victim, self.random)
        else:
            self.product.kill(kill.victim)
