"""A server that behaves like Twilio's Messages resource: creates, lists, fails on request, and remembers everything.

The ledger is append-only: one line for each request before anything else happens (`requested`), one for each message
taken (`accepted`). Faults are a script, tried in order, each used up after `times`:

    stub.fault(status=429, headers={"Retry-After": "7"}, times=3)
    stub.fault(to="+8613…", status=400, code=21610)
    stub.fault(accept=True, drop_after_request=True)      # taken, then the connection is reset
    stub.fault(accept=True, delay=30)                      # taken, answered too late
    stub.fault(accept=True, raw="{broken")                 # taken, answered with nonsense
    stub.fault(accept=True, trickle=1.0)                   # taken, answered a byte a second
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.payloads.twilio import Hook, hook, inbound_fields, new_sid, recording_fields, status_fields


@dataclass
class Fault:
    """What goes wrong, for whom, how often."""

    method: str = "POST"
    to: str | None = None
    status: int | None = None
    code: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    accept: bool = False
    delay: float = 0.0
    trickle: float = 0.0
    drop_after_request: bool = False
    raw: str | None = None
    times: int = 1

    def fits(self, method: str, fields: dict[str, str]) -> bool:
        """Whether this fault is meant for this request."""
        return self.times > 0 and method == self.method and self.to in (None, fields.get("To"))


class StubTwilio:
    """The server; use as a context manager. `base` is what TWILIO_API_BASE must be."""

    def __init__(self, account: str, token: str, public_base_url: str = "https://gov.test.example") -> None:
        self.account, self.token, self.public_base_url = account, token, public_base_url
        self.ledger: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.recordings: dict[str, bytes] = {}
        self.hidden_for = 0.0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"stub": self}))
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fault(self, **what: Any) -> None:
        """Add to the fault script."""
        with self._lock:
            self.faults.append(Fault(**what))

    def requested(self, method: str = "POST") -> list[dict[str, Any]]:
        """Ledger lines of requests."""
        return [line for line in self.ledger if line["kind"] == "requested" and line["method"] == method]

    def accepted(self, attempt_id: str | None = None) -> list[dict[str, Any]]:
        """Ledger lines of messages taken, of one attempt or all."""
        taken = [line for line in self.ledger if line["kind"] == "accepted"]
        return [line for line in taken if attempt_id in (None, line["attempt"])]

    def report(self, sid: str, status: str, *, code: str = "") -> Hook:
        """The signed status report for a message, to the callback it was created with."""
        message = next(m for m in self.messages if m["sid"] == sid)
        fields = status_fields(
            self.account, sid=sid, status=status, to=message["to"], sender=message["from"], code=code
        )
        return hook(self.token, message["status_callback"], fields)

    def record(self, call_sid: str, sound: bytes, seconds: int) -> Hook:
        """Keep the sound of a call under a new sid; the signed report that it is there."""
        sid = new_sid("RE")
        self.recordings[sid] = sound
        address = f"https://api.twilio.com/2010-04-01/Accounts/{self.account}/Recordings/{sid}"
        fields = recording_fields(self.account, call_sid=call_sid, sid=sid, url=address, seconds=seconds)
        return hook(self.token, f"{self.public_base_url}/webhooks/twilio/recording", fields)

    def sound_at(self, path: str) -> bytes | None:
        """The recording that an address stands for, as WAV."""
        return self.recordings.get(path.rsplit("/", 1)[-1].removesuffix(".wav"))

    def inbound(self, sender: str, text: str, *, to: str, sid: str | None = None) -> Hook:
        """The signed request for a text that somebody sends to us."""
        fields = inbound_fields(self.account, sender=sender, to=to, text=text, sid=sid)
        return hook(self.token, f"{self.public_base_url}/webhooks/twilio/messages", fields)

    def take_fault(self, method: str, fields: dict[str, str]) -> Fault | None:
        """The next fault for a request; uses it up."""
        with self._lock:
            for fault in self.faults:
                if fault.fits(method, fields):
                    fault.times -= 1
                    return fault
        return None

    def note(self, **line: Any) -> None:
        """Append to the ledger."""
        with self._lock:
            self.ledger.append({"at": time.monotonic(), **line})

    def create(self, fields: dict[str, str]) -> dict[str, Any]:
        """Take a message."""
        sid, moment = new_sid(), datetime.now(UTC)
        message = {
            "account_sid": self.account,
            "api_version": "2010-04-01",
            "body": fields["Body"],
            "date_created": format_datetime(moment),
            "date_sent": None,
            "date_updated": format_datetime(moment),
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": fields["From"],
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": "USD",
            "sid": sid,
            "status": "queued",
            "subresource_uris": {"media": f"/2010-04-01/Accounts/{self.account}/Messages/{sid}/Media.json"},
            "to": fields["To"],
            "uri": f"/2010-04-01/Accounts/{self.account}/Messages/{sid}.json",
        }
        callback = fields.get("StatusCallback", "")
        attempt = parse_qs(urlsplit(callback).query).get("attempt", [""])[0]
        with self._lock:
            self.messages.append(
                {**message, "status_callback": callback, "visible_at": time.monotonic() + self.hidden_for}
            )
        self.note(kind="accepted", sid=sid, to=fields["To"], body=fields["Body"], attempt=attempt)
        return message

    def listing(self, query: dict[str, str]) -> dict[str, Any]:
        """The list resource: newest first, filtered by To, without what we keep for ourselves."""
        private = ("status_callback", "visible_at")
        with self._lock:
            found = [
                {key: value for key, value in message.items() if key not in private}
                for message in reversed(self.messages)
                if query.get("To") in (None, message["to"]) and message["visible_at"] <= time.monotonic()
            ]
        uri = f"/2010-04-01/Accounts/{self.account}/Messages.json"
        return {
            "messages": found[: int(query.get("PageSize", "50"))],
            "page": 0,
            "page_size": int(query.get("PageSize", "50")),
            "start": 0,
            "end": max(0, len(found) - 1),
            "uri": uri,
            "first_page_uri": uri,
            "next_page_uri": None,
            "previous_page_uri": None,
        }


class _Handler(BaseHTTPRequestHandler):
    """One request; the stub is bound by a subclass."""

    stub: StubTwilio
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        fields = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        self._serve("POST", fields)

    def do_GET(self) -> None:
        self._serve("GET", dict(parse_qsl(urlsplit(self.path).query)))

    def _serve(self, method: str, fields: dict[str, str]) -> None:
        self.stub.note(
            kind="requested", method=method, path=urlsplit(self.path).path, fields=fields, to=fields.get("To")
        )
        if not self._is_known():
            self._answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
            return
        fault = self.stub.take_fault(method, fields) or Fault()
        if fault.status is not None and not fault.accept:
            time.sleep(fault.delay)
            self._refuse(fault)
            return
        if "/Recordings/" in self.path:
            self._play(fault)
            return
        document = self.stub.create(fields) if method == "POST" else self.stub.listing(fields)
        self._deliver(fault, 201 if method == "POST" else 200, document)

    def _play(self, fault: Fault) -> None:
        """A recording; with `drop_after_request` only half of it."""
        sound = self.stub.sound_at(urlsplit(self.path).path)
        if sound is None:
            self._answer(404, {"code": 20404, "message": "The requested resource was not found", "status": 404})
            return
        if fault.drop_after_request:
            self.send_response(200)
            self.send_header("Content-Length", str(len(sound)))
            self.end_headers()
            self.wfile.write(sound[: len(sound) // 2])
            self.close_connection = True
            return
        self._send(200, sound, {"Content-Type": "audio/x-wav"})

    def _is_known(self) -> bool:
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        try:
            return kind == "Basic" and b64decode(given).decode() == f"{self.stub.account}:{self.stub.token}"
        except ValueError:
            return False

    def _refuse(self, fault: Fault) -> None:
        code = fault.code or fault.status
        document = {"code": code, "message": "refused by the script", "status": fault.status}
        self._answer(fault.status or 500, document, fault.headers)

    def _deliver(self, fault: Fault, status: int, document: dict[str, Any]) -> None:
        time.sleep(fault.delay)
        if fault.drop_after_request:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        raw = fault.raw if fault.raw is not None else json.dumps(document)
        if fault.trickle:
            self._trickle(status, raw, fault.trickle)
            return
        self._send(fault.status or status, raw.encode(), fault.headers)

    def _trickle(self, status: int, raw: str, pause: float) -> None:
        head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
        try:
            for byte in (head + raw).encode():
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            self.close_connection = True

    def _answer(self, status: int, document: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(document).encode(), headers or {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Stay silent."""
