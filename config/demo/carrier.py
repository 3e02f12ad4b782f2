"""The carrier's side of the demo: what arrived on a number, and a signed reply as a carrier sends it."""

from __future__ import annotations

from typing import Any

import httpx


class Carrier:
    """Reads the embedded handset and posts replies where the carrier would."""

    def __init__(self, base_url: str) -> None:
        self.http = httpx.Client(base_url=base_url, timeout=10, trust_env=False)

    def _texts(self, number: str) -> list[dict[str, Any]]:
        answer = self.http.get("/handset/api/texts", params={"number": number})
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["texts"]
        return [text for text in found if not text["inbound"]]

    def count(self, number: str) -> int:
        """How many texts the number has got."""
        return len(self._texts(number))

    def newer(self, number: str, seen: int) -> list[str]:
        """The texts after the first `seen`."""
        return [text["text"] for text in self._texts(number)[seen:]]

    def reply(self, number: str, text: str, *, containing: str) -> int:
        """Answer the newest text that contains `containing`, over the signed webhook. Returns the webhook's status."""
        asked = next(one for one in reversed(self._texts(number)) if containing in one["text"])
        prepared = self.http.post("/handset/api/replies", json={"number": number, "to": asked["peer"], "text": text})
        prepared.raise_for_status()
        form = prepared.json()
        return self.http.post(
            form["path"], data=form["fields"], headers={"X-Twilio-Signature": form["signature"]}
        ).status_code

    def forge(self, number: str, text: str) -> int:
        """The same without a valid signature: must be refused. Returns the webhook's status."""
        fields = {"From": number, "To": "+8610690000", "Body": text, "MessageSid": "SM" + "0" * 32}
        return self.http.post(
            "/webhooks/twilio/messages", data=fields, headers={"X-Twilio-Signature": "AAAA"}
        ).status_code
