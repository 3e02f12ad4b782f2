"""A bound connection to an SMSC, over smpplib's PDUs, with total deadlines and no hidden second try."""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from smpplib import exceptions, smpp
from smpplib.client import Client

from sms.gateways.http import Call

CONNECT_SECONDS = 3.0
IDLE_SECONDS = 20.0
FAULTS = (exceptions.ConnectionError, exceptions.PDUError, exceptions.UnknownCommandError, OSError)


class NotBoundError(Exception):
    """The SMSC could not be reached or did not let us in: nothing has left us."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A submit_sm_resp: command status (0 is good) and the SMSC's message id."""

    status: int
    message_id: str


class _Client(Client):  # type: ignore[misc]
    def _create_socket(self) -> socket.socket:
        plain = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        plain.settimeout(CONNECT_SECONDS)
        if not settings.SMPP_TLS:
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def connect(role: str) -> Client:
    """A client bound as `transmitter`, `receiver` or `transceiver`. Raises NotBoundError with the reason."""
    client = _Client(settings.SMPP_HOST, settings.SMPP_PORT, allow_unknown_opt_params=True)
    try:
        client.connect()
        client._socket.settimeout(CONNECT_SECONDS)  # noqa: SLF001 - the library has no other door to it
        client._bind(  # noqa: SLF001 - one call for the three roles
            f"bind_{role}", system_id=settings.SMPP_SYSTEM_ID, password=settings.SMPP_PASSWORD, interface_version=0x34
        )
    except FAULTS as exc:
        close(client)
        raise NotBoundError(type(exc).__name__) from exc
    return client


def close(client: Client) -> None:
    """Let go of the connection without a word."""
    handle, client._socket = client._socket, None  # noqa: SLF001
    if handle is not None:
        handle.close()


class Link:
    """This process's way to send. Kept between texts; made anew when the SMSC has hung up or was silent too long."""

    def __init__(self) -> None:
        self._client: Client | None = None
        self._used_at = 0.0

    def submit(self, fields: Mapping[str, Any], call: Call) -> Answer:
        """Send one submit_sm and wait for its answer until the call expires.

        Raises NotBoundError when nothing has left us; the faults of FAULTS after that, when the end is unknown.
        """
        client = self._ready()
        call.track(client._socket)  # noqa: SLF001
        try:
            pdu = smpp.make_pdu("submit_sm", client=client, **fields)
            call.may_have_left = True
            client.send_pdu(pdu)
            answer = _await(client, "submit_sm_resp", pdu.sequence, call.ends_at)
        except BaseException:
            self.drop()
            raise
        self._used_at = time.monotonic()
        return Answer(status=int(answer.status), message_id=str(getattr(answer, "message_id", None) or b"", "latin-1"))

    def drop(self) -> None:
        """Hang up; the next text makes a new connection."""
        if self._client is not None:
            close(self._client)
        self._client = None

    def _ready(self) -> Client:
        if self._client is not None and not self._is_alive(self._client):
            self.drop()
        if self._client is None:
            self._client = connect("transmitter")
        self._client._socket.settimeout(60)  # noqa: SLF001 - the call's own deadline is shorter
        return self._client

    def _is_alive(self, client: Client) -> bool:
        """Whether the SMSC still listens: read what it sent meanwhile, and ask it after a pause."""
        try:
            client._socket.settimeout(CONNECT_SECONDS)  # noqa: SLF001
            while select.select([client._socket], [], [], 0)[0]:  # noqa: SLF001
                if _serve(client, client.read_pdu()).command == "unbind":
                    return False
            if time.monotonic() - self._used_at > IDLE_SECONDS:
                asked = smpp.make_pdu("enquire_link", client=client)
                client.send_pdu(asked)
                _await(client, "enquire_link_resp", asked.sequence, time.monotonic() + CONNECT_SECONDS)
        except FAULTS:
            return False
        return True


def _await(client: Client, command: str, sequence: int, ends_at: float) -> Any:
    while time.monotonic() < ends_at:
        pdu = _serve(client, client.read_pdu())
        if pdu.sequence == sequence and pdu.command in (command, "generic_nack"):
            return pdu
        if pdu.command == "unbind":
            break
    raise TimeoutError("no answer in time")


def _serve(client: Client, pdu: Any) -> Any:
    """Answer what the SMSC asks of us while we wait for something else."""
    if pdu.command in ("enquire_link", "unbind"):
        reply = smpp.make_pdu(f"{pdu.command}_resp", client=client)
        reply.sequence = pdu.sequence
        client.send_pdu(reply)
    return pdu
