"""Our requests to Twilio are right by Twilio's own contract: in-process and, over HTTP, through Prism."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest

from kernel.ids import uuid7
from sms.gateways.http import RebasedTwilioClient
from sms.gateways.twilio import TwilioGateway
from sms.types import FoundKind, OutcomeKind, Outgoing, Question
from tests.factories.sms import random_mobile
from tests.stubs.twilio import StubTwilio

HERE = Path(__file__).resolve().parent
SPEC = HERE / "messages_v2010.json"
TOOLS = HERE.parent
CACHE = TOOLS.parent.parent / "var" / "cache"
HOST = "https://api.twilio.com"


def outgoing() -> Outgoing:
    return Outgoing(
        attempt_id=uuid7(),
        to=random_mobile(),
        text="【宿迁政务服务】办件32130020131125000187不予受理😀&+%=",
        extension="",
        ordinal=3,
        validity_seconds=72 * 3600,
    )


def question(to: str) -> Question:
    return Question(attempt_id=uuid7(), to=to, text="x", started_at=datetime(2026, 11, 25, tzinfo=UTC))


@pytest.fixture(scope="module")
def contract() -> OpenAPI:
    """Twilio's description."""
    return OpenAPI.from_path(SPEC)


@pytest.fixture
def stub(settings: Any) -> Iterator[StubTwilio]:
    """A server that records what we send."""
    with StubTwilio(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN) as server:
        settings.TWILIO_API_BASE = server.base
        yield server


def as_recorded(line: dict[str, Any]) -> MockRequest:
    """A ledger line as a request to the real host."""
    is_post = line["method"] == "POST"
    token = base64.b64encode(b"AC:token").decode()
    return MockRequest(
        HOST,
        line["method"].lower(),
        line["path"],
        args=None if is_post else line["fields"],
        headers={"Authorization": f"Basic {token}"},
        data=urlencode(line["fields"]).encode() if is_post else None,
        content_type="application/x-www-form-urlencoded" if is_post else "",
    )


def test_what_we_send_is_valid(stub: StubTwilio, contract: OpenAPI) -> None:
    text = outgoing()
    assert TwilioGateway().send(text).kind is OutcomeKind.ACCEPTED
    assert TwilioGateway().find(question(text.to)).kind is FoundKind.ABSENT
    assert [line["method"] for line in stub.ledger if line["kind"] == "requested"] == ["POST", "GET"]
    for line in stub.ledger:
        if line["kind"] == "requested":
            contract.validate_request(as_recorded(line))
    assert set(stub.requested()[0]["fields"]) == {"To", "From", "Body", "StatusCallback", "Attempt", "ValidityPeriod"}


@pytest.mark.parametrize("spoil", [{"To": None}, {"Attempt": "third"}, {"ValidityPeriod": "long"}])
def test_the_check_can_fail(stub: StubTwilio, contract: OpenAPI, spoil: dict[str, str | None]) -> None:
    TwilioGateway().send(outgoing())
    line = stub.requested()[0]
    line["fields"] = {k: v for k, v in {**line["fields"], **spoil}.items() if v is not None}
    with pytest.raises(OpenAPIError):
        contract.validate_request(as_recorded(line))


def _installed() -> Path:
    """Prism's folder; installed once for a lock, from npm, without its install scripts."""
    lock = hashlib.sha256((TOOLS / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = CACHE / f"contract-tools-{lock}"
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(TOOLS / name, folder)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"]
        subprocess.run(command, cwd=folder, check=True, timeout=240, capture_output=True)
        (folder / "ready").touch()
    return folder


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    """Prism serving Twilio's contract, refusing what the contract does not allow."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    binary = _installed() / "node_modules" / ".bin" / "prism"
    command = [str(binary), "mock", "--errors", "--host", "127.0.0.1", "--port", str(port), str(SPEC)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT) as process:
        try:
            _await(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "Prism ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("Prism did not start within 30 s")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("npm") is None, reason="Node 20 is needed for Prism")
def test_prism_takes_our_requests(prism: str, settings: Any) -> None:
    settings.TWILIO_API_BASE = prism
    sent = TwilioGateway().send(outgoing())
    assert (sent.kind, sent.sid) == (OutcomeKind.ACCEPTED, "SM" + "a" * 32)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("npm") is None, reason="Node 20 is needed for Prism")
@pytest.mark.parametrize(("extra", "faulty"), [({}, False), ({"DateSent": "soon"}, True)])
def test_prism_finds_no_fault_in_our_look_up(prism: str, stub: StubTwilio, extra: dict[str, str], faulty: bool) -> None:
    """Prism refuses the contract's own list example (relative page addresses): only faults of the request count."""
    TwilioGateway().find(question(random_mobile()))
    line = stub.requested("GET")[0]
    answer = RebasedTwilioClient(prism).request(
        "GET", HOST + line["path"], params={**line["fields"], **extra}, auth=(stub.account, stub.token)
    )
    places = {fault["location"][0] for fault in json.loads(answer.text).get("validation", [])}
    assert (places - {"response"} != set()) is faulty


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("npm") is None, reason="Node 20 is needed for Prism")
@pytest.mark.parametrize(
    ("fields", "credentials", "status"),
    [({"To": "+8613805271234", "Body": "x", "Attempt": "1"}, "AC:t", 201), ({"Body": "x"}, "AC:t", 422),
     ({"To": "+8613805271234", "Attempt": "third"}, "AC:t", 422), ({"To": "+8613805271234"}, "", 401)],
)  # fmt: skip
def test_prism_refuses_what_the_contract_does_not_allow(
    prism: str, fields: dict[str, str], credentials: str, status: int
) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    if credentials:
        headers["Authorization"] = "Basic " + base64.b64encode(credentials.encode()).decode()
    url = f"{prism}/2010-04-01/Accounts/AC{'a' * 32}/Messages.json"
    assert _status_of(Request(url, urlencode(fields).encode(), headers)) == status


def _status_of(request: Request) -> int:
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status
    except HTTPError as exc:
        return exc.code
