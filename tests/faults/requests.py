"""Faults of requests: answers that never arrive, and requests that cost too much (F03, F09)."""

from __future__ import annotations

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from tests.embedded.survivors import descendants
from tests.factories import cases
from tests.factories.sessions import Caller
from tests.faults.rig import Finding, Rig

PEOPLE, ROUNDS = 12, 6
SLOW_SOCKETS, SLOW_SECONDS = 200, 20


@dataclass
class Intent:
    """One person's wish to start an application, with the key under which it is repeated."""

    caller: Caller
    key: str
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        """What each attempt carries."""
        return {**self.caller.headers, "Idempotency-Key": self.key, "Content-Type": "application/json"}

    def send_and_hang_up(self, base: str) -> None:
        """Send it whole, and never read the answer."""
        where = urlsplit(base)
        lines = ["POST /api/v1/cases HTTP/1.1", f"Host: {where.netloc}", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        with socket.create_connection((where.hostname or "", where.port or 80), 5) as raw:
            raw.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + self.body)
            time.sleep(2)

    def until_answered(self, rig: Rig) -> str:
        """Repeat it as an app does; the id that was answered, empty when none came for a minute."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                answer = rig.http.post("/api/v1/cases", content=self.body, headers=self.headers)
            except httpx.TransportError:
                time.sleep(0.2)
                continue
            if answer.status_code == 201:
                return str(answer.json()["id"])
            time.sleep(0.3)
        return ""


def web_killed_after_commit(rig: Rig) -> Finding:
    """F03: applications are written, nobody hears the answer, the web server is killed; the same keys come again."""
    people = [cases.citizen().caller for _ in range(PEOPLE)]
    power = rig.http.get("/api/v1/powers", params={"q": "jszg"}).json()["items"][0]["id"]
    body = json.dumps({"power_id": power, "applicant": {"kind": "person"}, "form": {}}).encode()
    ids, among, longest, intents = [str(one.id) for one in people if one], Random(3), 0.0, []
    answered: list[tuple[str, str]] = []
    with ThreadPoolExecutor(PEOPLE) as pool:
        for number in range(ROUNDS):
            wishes = [Intent(one, f"fault-{uuid4()}", body) for one in people if one]
            silent = [pool.submit(_quietly, wish, str(rig.http.base_url)) for wish in wishes]
            rig.until(lambda done=number * PEOPLE: _made(rig, ids) > done, 20)  # type: ignore[misc]
            rig.product.kill("web") if number % 2 else rig.product.kill_child("web", among)
            killed = time.monotonic()
            first = list(pool.map(lambda wish: wish.until_answered(rig), wishes))
            longest = max(longest, time.monotonic() - killed)
            again = list(pool.map(lambda wish: wish.until_answered(rig), wishes))
            answered += zip(first, again, strict=True)
            intents += wishes
            for one in silent:
                one.result()
    lost = sum(not first for first, _ in answered)
    doubled = _made(rig, ids) - len(intents) + lost
    wrong = [] if all(first == again for first, again in answered) else ["another answer for the same key"]
    return Finding(ROUNDS, longest, lost, doubled, f"{len(intents)} applications, each answered twice alike", wrong)


def _quietly(wish: Intent, base: str) -> None:
    with suppress(OSError):  # killed while it was sent
        wish.send_and_hang_up(base)


def _made(rig: Rig, people: list[str]) -> int:
    found: int = rig.one("SELECT count(*) FROM cases_case WHERE applicant_id = ANY(%(p)s::uuid[])", {"p": people})
    return found


def costly_requests(rig: Rig) -> Finding:
    """F09: 200 sockets that send their headers a byte a second, and requests made to cost much; the others are served
    meanwhile. Bodies that come a byte a second are for the proxy to hold back (docs/runbooks/production.md)."""
    caller = cases.citizen().caller
    assert caller is not None
    quiet, before = _p95(rig, 60), _memory(rig)
    attack = threading.Thread(target=_drip, args=(rig,))
    attack.start()
    time.sleep(2)
    with ThreadPoolExecutor(1) as beside:
        others = beside.submit(_p95, rig, 60)
        answers = [_timed(rig, caller, *one) for one in _COSTLY]
        meanwhile = others.result()
    attack.join()
    recovered = rig.until(lambda: _p95(rig, 10) <= max(2 * quiet, 0.3), 60)
    grown = (_memory(rig) - before) // 2**20
    bad = [f"{name}: {status}" for name, status, _ in answers if not 400 <= status < 500 and name not in _HARMLESS]
    slowest = max(answers, key=lambda one: one[2])
    wrong = [f"not refused: {bad}"] if bad else []
    wrong += [f"{slowest[0]} took {slowest[2]:.1f} s"] if slowest[2] > 3 else []
    wrong += [f"grew by {grown} MB"] if grown > 200 else []
    wrong += ["others waited"] if meanwhile > max(2 * quiet, 0.5) else []
    note = (
        f"p95 {quiet * 1000:.0f} ms quiet, {meanwhile * 1000:.0f} ms meanwhile; +{grown} MB; slowest {slowest[2]:.1f} s"
    )
    return Finding(SLOW_SOCKETS + len(answers), recovered, 0, 0, note, wrong)


_JSON = "application/json"
_COSTLY: list[tuple[str, str, str, bytes]] = [
    ("50 MB of JSON", "POST", "/api/v1/cases", b'{"form": "' + b"x" * 50_000_000 + b'"}'),
    ("depth 10 000", "POST", "/api/v1/cases", b"[" * 10_000 + b"]" * 10_000),
    ("100 000 keys", "POST", "/api/v1/cases", json.dumps({str(one): one for one in range(100_000)}).encode()),
    ("limit 1e9", "GET", "/api/v1/cases?limit=1000000000", b""),
    ("a huge number", "GET", f"/api/v1/cases?limit={'9' * 5000}", b""),
    ("a bait for expressions", "GET", f"/api/v1/powers?q={'a' * 5000}", b""),
    ("a wildcard", "GET", "/api/v1/powers?q=%25%25%25", b""),
    ("5 000 ids", "GET", f"/api/v1/cases?state={','.join(['accepted'] * 600)}", b""),
    ("a broken cursor", "GET", f"/api/v1/inbox?cursor={'x' * 4000}", b""),
]
_HARMLESS = {"limit 1e9", "a bait for expressions", "a wildcard", "5 000 ids"}  # answered, and cheap


def _timed(rig: Rig, caller: Caller, name: str, method: str, path: str, body: bytes) -> tuple[str, int, float]:
    headers = {**caller.headers, "Content-Type": _JSON, "Idempotency-Key": str(uuid4())}
    started = time.monotonic()
    try:
        status = rig.http.request(method, path, content=body, headers=headers).status_code
    except (httpx.WriteError, httpx.RemoteProtocolError):
        status = 413  # hung up while it was sent: refused
    except httpx.TransportError:
        status = 0
    return name, status, time.monotonic() - started


def _p95(rig: Rig, count: int) -> float:
    def once(_: int) -> float:
        started = time.monotonic()
        rig.http.get("/api/v1/powers", params={"q": "jszg"})
        return time.monotonic() - started

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(once, range(count)))[int(count * 0.95) - 1]


def _drip(rig: Rig) -> None:
    where = urlsplit(str(rig.http.base_url))
    sockets = []
    for number in range(SLOW_SOCKETS):
        raw = socket.create_connection((where.hostname or "", where.port or 80), 5)
        path = "/api/v1/auth/otp" if number % 2 else "/webhooks/twilio/messages"
        head = f"POST {path} HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Type: {_JSON}\r\nContent-Length: 500\r\n"
        raw.sendall(head.encode() + b"X-Slow: ")
        sockets.append(raw)
    for _ in range(SLOW_SECONDS):
        time.sleep(1)
        for raw in sockets:
            with suppress(OSError):
                raw.sendall(b" ")
    for raw in sockets:
        raw.close()


def _memory(rig: Rig) -> int:
    """Resident octets of the web server and its workers."""
    web: int = rig.product.known["pids"]["web"]
    total = 0
    for process in (web, *descendants(web)):
        fields = Path(f"/proc/{process}/statm").read_text().split()
        total += int(fields[1]) * 4096
    return total
