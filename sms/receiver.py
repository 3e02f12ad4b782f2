"""The process that listens to the SMSC: a deliver_sm is stored, then answered; what was not answered comes again."""

from __future__ import annotations

import logging
import select
import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from smpplib import consts, smpp
from smpplib.client import Client

from sms.gateways.smpp_link import FAULTS, NotBoundError, close, connect
from sms.rules import smpp as rules
from sms.services.deliveries import Delivered, take_delivery

logger = logging.getLogger(__name__)

LISTEN_SECONDS = 3.0
ASK_SECONDS, SILENCE_SECONDS = 15.0, 60.0
PAUSES = (0.5, 1.0, 2.0, 5.0)


def listen(is_over: Callable[[], bool]) -> None:
    """Stay bound to the SMSC until told to stop; bind again, with growing pauses, whenever the connection ends."""
    failures = 0
    while not is_over():
        try:
            client = connect("receiver")
        except NotBoundError as exc:
            logger.warning("smpp_not_bound", extra={"error": str(exc)})
            time.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1
            continue
        failures = 0
        logger.info("smpp_bound")
        try:
            _serve(client, is_over)
        except FAULTS as exc:
            logger.warning("smpp_lost", extra={"error": type(exc).__name__})
        finally:
            close(client)


def _serve(client: Client, is_over: Callable[[], bool]) -> None:
    heard = asked = time.monotonic()
    client._socket.settimeout(SILENCE_SECONDS)  # noqa: SLF001 - the library has no other door to it
    while not is_over():
        if not select.select([client._socket], [], [], LISTEN_SECONDS)[0]:  # noqa: SLF001
            asked = _ask(client, heard, asked)
            continue
        pdu = client.read_pdu()
        heard = time.monotonic()
        if pdu.command in ("enquire_link", "unbind", "deliver_sm"):
            _reply(client, pdu, take(pdu) if pdu.command == "deliver_sm" else consts.SMPP_ESME_ROK)
        if pdu.command == "unbind":
            return


def _ask(client: Client, heard: float, asked: float) -> float:
    """Ask a silent SMSC whether it is there; when it was asked last. Raises TimeoutError after a minute of silence."""
    now = time.monotonic()
    if now - heard > SILENCE_SECONDS:
        raise TimeoutError
    if now - max(heard, asked) < ASK_SECONDS:
        return asked
    client.send_pdu(smpp.make_pdu("enquire_link", client=client))
    return now


def _reply(client: Client, pdu: Any, status: int) -> None:
    reply = smpp.make_pdu(f"{pdu.command}_resp", client=client, status=status)
    reply.sequence = pdu.sequence
    client.send_pdu(reply)


def take(pdu: Any) -> int:
    """Store one deliver_sm; the status to answer with. Without a database the SMSC is asked to come again."""
    try:
        take_delivery(delivered=read(pdu))
    except DatabaseError as exc:
        logger.warning("smpp_not_stored", extra={"error": type(exc).__name__})
        connection.close()
        return int(consts.SMPP_ESME_RMSGQFUL)
    return int(consts.SMPP_ESME_ROK)


def read(pdu: Any) -> Delivered:
    """The plain record of a deliver_sm."""
    esm_class = int(pdu.esm_class or 0)
    segment = (pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum)
    return Delivered(
        raw=bytes(pdu.short_message or b"") or bytes(pdu.message_payload or b""),
        source=_text(pdu.source_addr),
        destination=_text(pdu.destination_addr),
        octets=bytes(pdu.short_message or b"") or bytes(pdu.message_payload or b""),
        coding=int(pdu.data_coding or 0),
        is_report=bool(esm_class & rules.RECEIPT_INDICATOR),
        has_header=bool(esm_class & rules.UDH_INDICATOR),
        receipted_id=_text(pdu.receipted_message_id),
        message_state=pdu.message_state,
        user_reference=pdu.user_message_reference,
        segment=None if None in segment else (int(segment[0]), int(segment[1]), int(segment[2])),
    )


def _text(value: bytes | str | None) -> str:
    plain = value.decode("latin-1") if isinstance(value, bytes) else value or ""
    return plain.strip("\x00 ")
