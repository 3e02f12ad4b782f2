"""The channels' figures for Prometheus, read from the database at each scrape: the same from every process."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from psycopg_pool import PoolTimeout

from backend.operations import selectors

_CIRCUIT = {"closed": 0, "probing": 1, "held": 2, "open": 3}


class Channels(Collector):
    """Gauges of what waits, fails and is parked. No label holds anything of a person."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges; none while the database is away."""
        try:
            found = selectors.channels()
        except (DatabaseError, PoolTimeout):
            return
        yield from _texts(found)
        yield from _others(found)

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: registering must not touch the database."""
        return []


def _gauge(name: str, meaning: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"suqian_{name}", meaning, labels=labels)


def _texts(found: dict[str, object]) -> Iterator[GaugeMetricFamily]:
    number = _gauge("texts_waiting", "Texts due and not yet with a carrier.", "purpose")
    oldest = _gauge("texts_oldest_seconds", "Seconds the oldest of them has been due.", "purpose")
    for row in found["texts"]:  # type: ignore[attr-defined]
        number.add_metric([row["purpose"]], row["number"])
        oldest.add_metric([row["purpose"]], row["oldest_seconds"])
    share = _gauge("carrier_share", "Share of new texts, in hundredths.", "gateway")
    circuit = _gauge("carrier_circuit", "0 closed, 1 probing, 2 asked for patience, 3 open.", "gateway")
    calls = _gauge("carrier_calls", "Calls of the last five minutes by outcome.", "gateway", "outcome")
    for row in found["carriers"]:  # type: ignore[attr-defined]
        share.add_metric([row["gateway"]], row["share"])
        circuit.add_metric([row["gateway"]], _CIRCUIT[row["circuit"]])
        for outcome, count in row["outcomes"].items():
            calls.add_metric([row["gateway"], outcome], count)
    yield from (number, oldest, share, circuit, calls)


def _others(found: dict[str, object]) -> Iterator[GaugeMetricFamily]:
    for kind in ("pushes", "webhooks", "events"):
        for name, value in found[kind].items():  # type: ignore[attr-defined]
            gauge = _gauge(f"{kind}_{name}", f"{kind}: {name.replace('_', ' ')}.")
            gauge.add_metric([], sum(value.values()) if isinstance(value, dict) else value)
            yield gauge
    parked = _gauge("receipts_parked", "Reports that fit no text.")
    parked.add_metric([], found["parked_receipts"])  # type: ignore[arg-type]
    silent = _gauge("queue_silent_seconds", "Seconds since a worker last answered a knock.", "queue")
    for row in found["queues"]:  # type: ignore[attr-defined]
        silent.add_metric([row["queue"]], -1 if row["silent_seconds"] is None else row["silent_seconds"])
    yield from (parked, silent)


def register() -> None:
    """Add the gauges, once a process."""
    if _collector not in _registered:
        REGISTRY.register(_collector)
        _registered.append(_collector)


_collector = Channels()
_registered: list[Channels] = []
