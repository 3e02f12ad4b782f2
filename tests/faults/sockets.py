"""Faults of live connections: who should not get in, who floods, who does not read, a server that dies (F38)."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from kernel import realtime
from kernel.ids import uuid7
from tests.e2e.people import ResumingSocket, StubbornPhone
from tests.factories import sessions
from tests.factories.sessions import Caller
from tests.faults.rig import Finding, Rig

LISTENERS, EVENTS, KILLS = 8, 45, 3  # a minute's worth: each event is acknowledged
FOREIGN = ("null", "https://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:1", "*")

_BROKEN = (0, 1002, 1005, 1006, 1007, 1009)


def socket_abuse(rig: Rig) -> Finding:
    """F38: intruders, floods, a reader that stands still, and the server killed while eight people listen."""
    intruders = _intruders(rig)
    floods = _floods(rig)
    listeners = [_Listener(rig) for _ in range(LISTENERS)]
    stuck = _open(rig, sessions.citizen(), max_queue=1, compression=None)
    for number in range(EVENTS):
        _publish([one.caller.id for one in listeners], str(number))
        if number % (EVENTS // KILLS) == EVENTS // KILLS // 2:
            rig.product.kill("realtime")
    took = rig.until(lambda: all(one.got >= EVENTS for one in listeners))
    for one in listeners:
        one.socket.close()
    stuck.close()
    finding = Finding(
        injected=len(intruders) + len(floods) + KILLS,
        seconds=took,
        lost=sum(max(0, EVENTS - one.got) for one in listeners),
        doubled=sum(count - 1 for one in listeners for count in one.counts.values()),
        note=f"{sum(one.socket.connections for one in listeners)} connections of {LISTENERS} people",
    )
    finding.wrong = [f"got in: {name}" for name, status in intruders.items() if status != 403]
    finding.wrong += [f"{name}: {code}" for name, code, wanted in floods if code not in wanted]
    finding.wrong += sorted({fault for one in listeners for fault in one.socket.faults})
    return finding


class _Listener:
    """Somebody whose app comes back with its cursor."""

    def __init__(self, rig: Rig) -> None:
        self.caller = sessions.citizen()
        phone = StubbornPhone(rig.product.known["base_url"], "听", lambda _: None)
        phone.token = self.caller.token
        self.socket = ResumingSocket(phone, rig.product.known["base_url"], _url(rig), 0)
        rig.until(lambda: self.socket.connections > 0, 20)

    @property
    def counts(self) -> Counter[int]:
        """How often each event came."""
        return Counter(frame["seq"] for frame in self.socket.frames)

    @property
    def got(self) -> int:
        """How many different events came."""
        return len(self.counts)


def _intruders(rig: Rig) -> dict[str, int]:
    """The status with which each was refused; 101 for one who got in."""
    person = sessions.citizen()
    used = _ticket(rig, person)
    _connect(rig, used).close()
    tries: dict[str, dict[str, Any]] = {
        "no ticket": {"ticket": ""},
        "an invented ticket": {"ticket": "A" * 22},
        "a used ticket": {"ticket": used},
        "a token in the address": {"query": f"?since=0&token={person.token}"},
        "a topic": {"query": "?since=0&topic=case.1"},
        **{f"from {origin}": {"origin": origin} for origin in FOREIGN},
    }
    found = {}
    for name, options in tries.items():
        options.setdefault("ticket", _ticket(rig, person))
        try:
            _connect(rig, **options).close()
            found[name] = 101
        except InvalidStatus as refused:
            found[name] = refused.response.status_code
        except (InvalidHandshake, OSError):
            found[name] = 0
    return found


def _floods(rig: Rig) -> list[tuple[str, int, tuple[int, ...]]]:
    """What was done, the code with which it was ended, the codes that are right."""
    many = _open(rig, sessions.citizen())
    for _ in range(70):
        _say(many, '{"ack": 0}')
    big, binary, odd = (_open(rig, sessions.citizen()) for _ in range(3))
    _say(big, "x" * 20_000)
    _say(binary, b"\x00")
    _say(odd, '{"subscribe": "case:1"}')
    broken, huge = (_open(rig, sessions.citizen()) for _ in range(2))
    broken.socket.sendall(b"\x81\x82\x00\x00\x00\x00\xff\xfe")
    huge.socket.sendall(b"\x81\xff" + (17_000_000).to_bytes(8, "big") + b"\x00" * 4 + b"a" * 65536)
    person = sessions.citizen()
    crowd = [_open(rig, person) for _ in range(11)]
    slow = sessions.citizen()
    stuck = _open(rig, slow, max_queue=1, compression=None)
    for _ in range(400):
        _publish([slow.id], "y" * 100_000)
    found = [
        ("sixty messages a minute", _code(many), (4429,)),
        ("a big message", _code(big), (1009,)),
        ("octets", _code(binary), (1003,)),
        ("an unknown message", _code(odd), (1008,)),
        ("broken UTF-8", _code(broken), _BROKEN),
        ("17 MB", _code(huge), _BROKEN),
        ("the eleventh connection", _code(crowd[-1]), (4429,)),
        ("a reader that stands still", _code(stuck, 20), (0, 4408)),
    ]
    for client in crowd[:-1]:
        client.close()
    return found


def _say(client: ClientConnection, message: str | bytes) -> None:
    with suppress(ConnectionClosed):
        client.send(message)


def _code(client: ClientConnection, within: float = 6.0) -> int:
    """The code with which it ends; 0 when it just breaks, -1 when it stays open."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            client.recv(timeout=0.5)
        except TimeoutError:
            continue
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0
    return -1


def _publish(people: list[UUID], text: str) -> None:
    with transaction.atomic():
        realtime.publish(
            people, event_id=uuid7(), type="test.happened", subject=("case", uuid4()), data={"set": {"text": text}}
        )


def _ticket(rig: Rig, person: Caller) -> str:
    answer = rig.http.post("/api/v1/me/realtime-ticket", headers={**person.headers, "Idempotency-Key": str(uuid4())})
    answer.raise_for_status()
    return str(answer.json()["ticket"])


def _url(rig: Rig) -> str:
    return str(rig.product.known["realtime_url"])


def _open(rig: Rig, person: Caller, **options: Any) -> ClientConnection:
    return _connect(rig, _ticket(rig, person), **options)


def _connect(rig: Rig, ticket: str, *, origin: str = "", query: str = "?since=0", **options: Any) -> ClientConnection:
    protocols = ["v1.events", *([f"ticket.{ticket}"] if ticket else [])]
    options.update(origin=origin or rig.product.known["base_url"], subprotocols=protocols, proxy=None)
    return connect(_url(rig) + query, **options)
