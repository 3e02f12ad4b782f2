"""A carrier's own gateway over SMPP 3.4: one submit_sm a text, however long, so that it goes whole or not at all."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from django.conf import settings
from smpplib import consts

from kernel import clock
from kernel.crypto import blind_index
from sms.gateways.http import TOTAL_SECONDS, call_within
from sms.gateways.smpp_link import FAULTS, Answer, Link, NotBoundError
from sms.models import SmppDelivery
from sms.rules import smpp as rules
from sms.types import Found, FoundKind, Outcome, OutcomeKind, Outgoing, Question

_THROTTLED_SECONDS = 2.0
_REPORT_PATIENCE = timedelta(seconds=20)
_LONGEST_VALIDITY = 72 * 3600
_link, _turn = Link(), threading.Lock()


class SmppGateway:
    """Sends through the SMSC of `settings.SMPP_HOST`.

    A text longer than one part travels in message_payload; the carrier cuts it. An SMSC cannot be asked about a text
    whose message id never reached us (query_sm wants the id), but its report repeats the number we gave in
    user_message_reference: what is unknown waits 20 seconds for that report, and counts as not to be found out then.
    """

    name = rules.GATEWAY
    deadline_seconds = TOTAL_SECONDS

    def send(self, outgoing: Outgoing) -> Outcome:
        """Hand over one text; an end that nobody saw is `unknown` as soon as bytes have left."""
        with _turn, call_within(self.deadline_seconds) as call:
            try:
                answer = _link.submit(_fields(outgoing), call)
            except NotBoundError as exc:
                return Outcome(OutcomeKind.AGAIN, code="not_bound", detail=str(exc))
            except (*FAULTS, ValueError) as exc:
                kind = OutcomeKind.UNKNOWN if call.may_have_left else OutcomeKind.AGAIN
                return Outcome(kind, code="network", detail=type(exc).__name__)
        return _sorted(answer)

    def find(self, question: Question) -> Found:
        """Whether the SMSC has reported on the attempt."""
        reference = rules.user_reference(question.attempt_id)
        index = blind_index(question.to, purpose="sms.number")
        rows = SmppDelivery.objects.filter(
            number_index=index, user_reference=reference, received_at__gte=question.started_at
        )
        sids = rows.order_by("received_at").values_list("sid", flat=True)
        for sid in sids:
            if sid not in question.known_sids:
                return Found(FoundKind.FOUND, sid=sid)
        is_young = clock.now() - question.started_at < _REPORT_PATIENCE
        return Found(FoundKind.FAILED if is_young else FoundKind.UNSUPPORTED)


def _fields(outgoing: Outgoing) -> dict[str, Any]:
    octets = outgoing.text.encode("utf-16-be", "surrogatepass")
    short = len(octets) <= rules.SHORT_OCTETS
    return {
        "source_addr_ton": consts.SMPP_TON_UNK,
        "source_addr_npi": consts.SMPP_NPI_UNK,
        "source_addr": settings.SMPP_SOURCE + outgoing.extension,
        "dest_addr_ton": consts.SMPP_TON_INTL,
        "dest_addr_npi": consts.SMPP_NPI_ISDN,
        "destination_addr": outgoing.to.removeprefix("+"),
        "data_coding": rules.UCS2,
        "registered_delivery": True,
        "user_message_reference": rules.user_reference(outgoing.attempt_id),
        "validity_period": _validity(outgoing.validity_seconds),
        "short_message" if short else "message_payload": octets,
    }


def _validity(seconds: int) -> str:
    """SMPP's relative time: years, months, days, hours, minutes, seconds, tenths, R."""
    left = timedelta(seconds=min(max(seconds, 5), _LONGEST_VALIDITY))
    hours, rest = divmod(left.seconds, 3600)
    return f"0000{left.days:02}{hours:02}{rest // 60:02}{rest % 60:02}000R"


def _sorted(answer: Answer) -> Outcome:
    if answer.status == 0 and answer.message_id:
        return Outcome(OutcomeKind.ACCEPTED, sid=rules.sid_of(answer.message_id), status="accepted")
    if answer.status == 0:
        return Outcome(OutcomeKind.UNKNOWN, code="malformed", detail="no message id")
    hold = _THROTTLED_SECONDS if rules.is_throttled(answer.status) else None
    return Outcome(
        rules.sort_status(answer.status),
        code=f"0x{answer.status:02X}",
        detail=str(consts.DESCRIPTIONS.get(answer.status, ""))[:200],
        hold_seconds=hold,
    )
