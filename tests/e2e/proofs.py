"""What must be true of a product that has come to rest after kills, asked of its database and of the carrier."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any, LiteralString

import psycopg

from kernel.events import readers_of
from tests.e2e.carrier import Carrier
from tests.e2e.product import Product

SETTLED_SECONDS = 60.0
_UNFINISHED = """
    SELECT 'delivery ' || subscriber || ' ' || state FROM kernel_delivery WHERE state <> 'done' UNION ALL
    SELECT 'text ' || reference || ' ' || state FROM sms_message
        WHERE state IN ('queued', 'retrying', 'dispatching', 'unknown') UNION ALL
    SELECT 'attempt ' || state FROM sms_attempt WHERE state IN ('pending', 'unknown') UNION ALL
    SELECT 'push ' || reference || ' ' || state FROM push_pushmessage
        WHERE state IN ('queued', 'retrying', 'dispatching') UNION ALL
    SELECT 'unsealed ' || action FROM journal_journalline WHERE seq IS NULL
"""


def settle(product: Product) -> float:
    """Wait until nothing is under way any more; returns how long that took. Fails after a minute, or when something
    has been parked."""
    started = time.monotonic()
    while left := unfinished(product):
        assert time.monotonic() - started < SETTLED_SECONDS, f"not settled: {left}"
        time.sleep(0.2)
    return time.monotonic() - started


def unfinished(product: Product) -> list[str]:
    """What is under way now, a line for each. Fails when something has been parked."""
    try:
        left = [row[0] for row in product.query(_UNFINISHED)]
    except (psycopg.OperationalError, FileNotFoundError):
        return ["the database is away"]
    assert not [line for line in left if line.endswith(" parked")], left
    return left


def story_of(product: Product, carrier: Carrier, case_id: str, number: str) -> dict[str, Counter[Any]]:
    """Everything that became of a case, without what is its own: two cases that lived alike have equal stories."""
    mine = {"id": case_id}
    return {
        "case": _counted(product, "SELECT state, version FROM cases_case WHERE id::text = %(id)s", mine),
        "journal": _counted(
            product,
            "SELECT action FROM journal_journalline WHERE subject_id::text = %(id)s OR position(%(id)s IN data) > 0",
            mine,
        ),
        "events": _counted(
            product,
            "SELECT e.type, d.subscriber, d.state FROM kernel_outboxevent e JOIN kernel_delivery d ON d.event_id = e.id"
            " WHERE e.subject_id::text = %(id)s OR e.data ->> 'case_id' = %(id)s",
            mine,
        ),
        "screens": _counted(
            product,
            "SELECT l.type, l.person_id = c.applicant_id FROM kernel_personevent l, cases_case c"
            " WHERE l.subject_id = c.id AND c.id::text = %(id)s",
            mine,
        ),
        "messages": _counted(
            product,
            "SELECT n.event_type, n.person_id = c.applicant_id FROM notifications_notification n, cases_case c"
            " WHERE n.subject_id = c.id AND c.id::text = %(id)s",
            mine,
        ),
        "ratings": _counted(product, "SELECT level, channel FROM ratings_rating WHERE case_id::text = %(id)s", mine),
        "texts": Counter(re.sub(r"[0-9A-Z]{4,}", "…", text) for text in carrier.newer(number, 0)),
    }


def _counted(product: Product, statement: LiteralString, values: dict[str, Any]) -> Counter[Any]:
    return Counter(product.query(statement, values))


def nothing_lost(product: Product) -> None:
    """Each event has a delivery for each of its readers, and all come to rest; each change of a case has its journal
    line; the chain is whole. A receipt may still come in meanwhile: it is waited for as well."""
    settle(product)
    made = product.query(
        "SELECT e.type, array_agg(d.subscriber ORDER BY d.subscriber) FILTER (WHERE d.id IS NOT NULL)"
        " FROM kernel_outboxevent e LEFT JOIN kernel_delivery d ON d.event_id = e.id GROUP BY e.id, e.type"
    )
    assert made
    for type_name, subscribers in made:
        assert tuple(subscribers or ()) == readers_of(type_name), type_name
    assert product.query(
        "SELECT count(*) FILTER (WHERE j.id IS NULL), count(*) > 0 FROM kernel_outboxevent e"
        " LEFT JOIN journal_journalline j ON j.id = e.id WHERE e.type LIKE 'case.%'"
    ) == [(0, True)]
    verified = product.manage("verify_journal")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def nothing_twice(product: Product, carrier: Carrier) -> int:
    """The carrier has accepted each text at most once, and no text is thought to be with it that is not. Returns how
    many it has."""
    taken = carrier.accepted()
    reference_of = {
        str(attempt): reference
        for attempt, reference in product.query(
            "SELECT a.id, m.reference FROM sms_attempt a JOIN sms_message m ON m.id = a.message_id"
        )
    }
    assert taken.keys() <= reference_of.keys(), "the carrier has a text that nobody remembers to have sent"
    times = Counter[str]()
    for attempt, count in taken.items():
        times[reference_of[attempt]] += count
    assert not {reference: count for reference, count in times.items() if count > 1}
    sent = {row[0] for row in product.query("SELECT reference FROM sms_message WHERE state <> 'failed'")}
    assert sent == times.keys()
    assert product.query("SELECT count(*) FROM sms_message WHERE maybe_duplicate OR reason = 'crashed'") == [(0,)]
    return len(times)
