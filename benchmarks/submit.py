"""How fast applications are handed in, read and listed, by the whole product on this machine.

Compare with Open Zaak on the same kind of machine: open a case 37 /s (214/412 ms), list 20 cases 28 /s, read one 42 /s.
"""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from config.demo import papers, residents
from config.demo.carrier import Carrier
from config.demo.phone import Phone, until
from config.embedded.stage import Stage

PEOPLE = 8
ROUNDS = 15


def person(base_url: str, index: int) -> Phone:
    """A citizen, signed in and with a name."""
    number, carrier = f"+861{39 + index}{time.time_ns() % 10**8:08}", Carrier(base_url)
    phone = Phone(base_url, number)
    phone.call("POST", "/auth/otp", json={"phone": number}, expect=202)
    text = until("code", lambda: carrier.newer(number, 0))[-1]
    code = re.search(r"(?<!\d)\d{6}(?!\d)", text)
    body = {"phone": number, "code": code.group(0) if code else ""}
    phone.token = phone.call("POST", "/auth/otp/verify", json=body).json()["access"]
    papers.person.cache_clear()
    phone.call("POST", "/me/identity", json=papers.person())
    return phone


def draft(phone: Phone, power: dict[str, Any]) -> tuple[str, str]:
    """A complete draft; returns its id and ETag."""
    form = papers.form_for(power["form_schema"], phone.owner)
    body = {"power_id": power["id"], "applicant": papers.applicant(), "form": form}
    case_id = phone.call("POST", "/cases", expect=201, json=body).json()["id"]
    for material in power["materials"]:
        if material["necessity"] == "required":
            phone.call(
                "POST",
                f"/cases/{case_id}/materials",
                expect=201,
                data={"material": material["code"]},
                files={"file": papers.photographed(material["name"], material["accepts"])},
            )
    return case_id, phone.call("GET", f"/cases/{case_id}").headers["ETag"]


def measure(name: str, jobs: list[Callable[[], Any]]) -> None:
    """Run the jobs by eight clients and print rate and times."""
    times: list[float] = []

    def timed(job: Callable[[], Any]) -> None:
        started = time.perf_counter()
        job()
        times.append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(timed, jobs))
    rate = len(jobs) / (time.perf_counter() - started)
    ninety_five = statistics.quantiles(times, n=20)[18]
    print(f"{name:<24} {rate:7.1f} /s   p50 {statistics.median(times):6.1f} ms   p95 {ninety_five:6.1f} ms")


def play(base_url: str) -> int:
    """Prepare drafts, then measure."""
    people = [person(base_url, index) for index in range(PEOPLE)]
    found = people[0].get("/powers", params={"q": residents.ITEM_QUERY})["items"]
    power = people[0].get(f"/powers/{found[0]['id']}")
    drafts = [(phone, *draft(phone, power)) for phone in people for _ in range(ROUNDS)]
    measure("submit", [_submit(*one) for one in drafts])
    measure("read one's case", [_read(phone, case_id) for phone, case_id, _ in drafts] * 3)
    measure("list 20 cases", [_read(phone, "") for phone, *_ in drafts] * 3)
    return 0


def _submit(phone: Phone, case_id: str, etag: str) -> Callable[[], Any]:
    return lambda: phone.call("POST", f"/cases/{case_id}/submit", expect=201, etag=etag, json={})


def _read(phone: Phone, case_id: str) -> Callable[[], Any]:
    path = f"/cases/{case_id}" if case_id else "/cases"
    return lambda: phone.call("GET", path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="suqian-bench-") as folder:
        os.environ["SUQIAN_VAR"] = folder
        with Stage(Path(__file__).resolve().parent.parent).running() as stage:
            stage.during(lambda: play(stage.base_url))
