"""Canaries: what nobody else may read is sent through every door, also where it fails, and looked for after (F40)."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import redis
from django.conf import settings
from psycopg import sql

from tests.factories.cases import id_number
from tests.factories.sms import random_mobile
from tests.faults.rig import Finding, Rig

NAME = "欧阳金丝雀"
_TEXT_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
    "AND data_type IN ('text', 'character varying', 'jsonb', 'json')"
)


@dataclass
class Canary:
    """A person with everything that must not be found anywhere."""

    number: str = field(default_factory=random_mobile)
    identity: str = field(default_factory=id_number)
    comment: str = field(default_factory=lambda: f"金丝雀{uuid4().hex}")
    code: str = ""
    token: str = ""

    @property
    def secrets(self) -> dict[str, str]:
        """What is looked for. The number is as people write it, without the country's code."""
        found = {"number": self.number[3:], "identity": self.identity, "name": NAME, "comment": self.comment}
        return {**found, "token": self.token.rsplit(".", 1)[-1], "code": self.code}


def canaries(rig: Rig) -> Finding:
    """F40: number, name, identity number, code, token and words through good and failing requests; nothing remains."""
    rig.share(100)
    canary = Canary()
    answers = _fly(rig, canary)
    started = time.monotonic()
    rig.settle([], 0)
    found = [*_in_answers(canary, answers), *_in_files(rig, canary), *_in_valkey(canary), *_in_database(rig, canary)]
    found += _in_text(canary, "/metrics", rig.http.get("/metrics").text)
    bad = [f"{answer.request.url.path}: {answer.status_code}" for answer in answers if answer.status_code >= 500]
    odd = [answer for answer in answers if answer.status_code >= 400 and not _is_problem(answer)]
    wrong = [*sorted(set(found)), *bad, *(f"no problem document: {one.request.url.path}" for one in odd)]
    note = f"{len(answers)} requests, {len(canary.secrets)} secrets looked for"
    return Finding(len(answers), time.monotonic() - started, 0, 0, note, wrong)


def _fly(rig: Rig, canary: Canary) -> list[httpx.Response]:
    """Sign in, and use every secret well and badly."""
    answers: list[httpx.Response] = []

    def send(method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Idempotency-Key": str(uuid4()), **options.pop("headers", {})}
        if canary.token:
            headers["Authorization"] = f"Bearer {canary.token}"
        answers.append(rig.http.request(method, f"/api/v1{path}", headers=headers, **options))
        return answers[-1]

    send("POST", "/auth/otp", json={"phone": canary.number})
    rig.until(lambda: canary.number in rig.taken(), 30)
    text = next(line["body"] for line in rig.twilio.accepted() if line["to"] == canary.number)
    canary.code = next(iter(re.findall(r"(?<!\d)\d{6}(?!\d)", text)))
    send("POST", "/auth/otp/verify", json={"phone": canary.number, "code": canary.code[::-1], "device": NAME})
    verified = send("POST", "/auth/otp/verify", json={"phone": canary.number, "code": canary.code})
    canary.token = verified.json().get("access", "")
    if not canary.token:
        raise AssertionError(f"could not sign in: {verified.text}")
    person = {"name": NAME, "id_number": canary.identity}
    send("POST", "/me/identity", json={**person, "id_number": canary.identity[:-1] + "?"})
    send("POST", "/me/identity", json=person)
    send("POST", "/me/identity", json=person)  # a second time
    power = rig.http.get("/api/v1/powers", params={"q": "jszg"}).json()["items"][0]["id"]
    form = {"name": NAME, "id_number": canary.identity, "phone": canary.number, "remark": canary.comment}
    draft = {"power_id": power, "applicant": {"kind": "person"}, "form": form}
    made = send("POST", "/cases", json=draft)
    send("POST", "/cases", json={**draft, "nickname": canary.comment})
    send("POST", "/cases", content=f'{{"form": "{canary.comment}', headers={"Content-Type": "application/json"})
    case = made.json().get("id", uuid4())
    send("POST", f"/cases/{case}/submit", json={}, headers={"If-Match": made.headers.get("ETag", '"0"')})
    send("PATCH", f"/cases/{case}", json={"form": form}, headers={"If-Match": f'"{canary.comment}"'.encode()})
    send("GET", f"/cases/{canary.identity}")
    send("GET", "/powers", params={"q": canary.comment})
    send("GET", "/cases", params={"cursor": canary.comment})
    inbound = rig.twilio.inbound(canary.number, canary.comment, to="+8610690000")
    rig.post(inbound)
    inbound.signature = "forged"
    rig.post(inbound)
    return answers


def _is_problem(answer: httpx.Response) -> bool:
    return answer.headers.get("content-type", "").startswith("application/problem+json") and bool(
        answer.json().get("trace_id") or answer.headers.get("X-Request-ID")
    )


def _in_answers(canary: Canary, answers: list[httpx.Response]) -> list[str]:
    """In what was refused."""
    refused = [answer for answer in answers if answer.status_code >= 400]
    return [line for one in refused for line in _in_text(canary, f"answer of {one.request.url.path}", one.text)]


def _in_files(rig: Rig, canary: Canary) -> list[str]:
    """In logs of our processes and of both services."""
    found = []
    for path in [*rig.product.var.rglob("*.log"), rig.product.output]:
        found += _in_text(canary, path.name, path.read_text(errors="replace"))
    return found


def _in_valkey(canary: Canary) -> list[str]:
    """In queues, results, throttles."""
    found = []
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        for name in client.scan_iter(count=1000):
            value = client.dump(name) or b""
            found += _in_text(canary, "valkey", f"{name!r} {value.decode(errors='replace')}")
    return found


def _in_database(rig: Rig, canary: Canary) -> list[str]:
    """In clear in any column of any table."""
    found = []
    looked = {name: value for name, value in canary.secrets.items() if name != "code"}
    for table, column in rig.product.query(_TEXT_COLUMNS):
        statement = sql.SQL("SELECT 1 FROM {} WHERE {}::text LIKE %(what)s LIMIT 1")
        query: Any = statement.format(sql.Identifier(table), sql.Identifier(column))
        for name, value in looked.items():
            if rig.product.query(query, {"what": f"%{value}%"}):
                found.append(f"{name} in {table}.{column}")
    return found


def _in_text(canary: Canary, where: str, text: str) -> list[str]:
    """Which secrets a text holds; a code only where nothing but a code can be meant."""
    whole = {name: value for name, value in canary.secrets.items() if name != "code"}
    found = [f"{name} in {where}" for name, value in whole.items() if value and value in text]
    if re.search(rf"(?<![0-9a-f.\-]){canary.code}(?![0-9a-f.\-])", text):
        found.append(f"code in {where}")
    return found
