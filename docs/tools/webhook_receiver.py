"""A receiver of our webhooks to copy: Python's standard library, nothing else.

    WEBHOOK_SECRET=whsec_… python webhook_receiver.py 8081

It checks the signature over the raw body, refuses what is older or newer than five minutes, and acts once on each
`webhook-id`. Put TLS in front of it, and keep the ids it has seen in a database for a week.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE_SECONDS = 300
seen: set[str] = set()


def is_genuine(secret: str, headers: dict[str, str], body: bytes, now: float) -> bool:
    """Whether the request was signed with this secret, within five minutes of now."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    wanted = "v1," + base64.b64encode(mac).decode()
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(wanted, one) for one in given)


class Receiver(BaseHTTPRequestHandler):
    """Answers within a second; the work belongs behind the answer."""

    def do_POST(self) -> None:
        """One webhook."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not is_genuine(os.environ["WEBHOOK_SECRET"], headers, body, time.time()):
            self._answer(401)
            return
        if headers["webhook-id"] not in seen:
            seen.add(headers["webhook-id"])
            event = json.loads(body)
            sys.stdout.write(f"{event['type']} {event['timestamp']} {event['data']}\n")
            sys.stdout.flush()
        self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
