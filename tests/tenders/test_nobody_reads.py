"""Before the opening a superuser with database, files, write-ahead log, Valkey, logs, environment and every key of the
server finds nothing of a bid, and cannot work it out (F35). After the opening the same search finds it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import re
import secrets
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
import redis
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from backend.tenders import services
from backend.tenders.models import Bid
from backend.tenders.rules import sealing
from backend.tenders.services import common
from tests.factories import tenders as make

FOLDER = Path(os.environ["SUQIAN_TEST_SERVICES"])
_HEX = re.compile(rb"\\\\x([0-9a-f]{16,})")


def _spellings(text: str) -> set[bytes]:
    """A text as it might stand somewhere."""
    raw = text.encode()
    found = {raw, text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("gbk"), raw.hex().encode()}
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        found.add(encoded[4 * (shift > 0) : len(encoded) // 4 * 4 - 4])
    return found


def _table_dump() -> Iterator[tuple[str, bytes]]:
    """Every row of every table as a superuser reads it, binary columns in clear too."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                rows = b"".join(bytes(part) for part in copy)
            yield f"table {name}", rows
            yield f"table {name}, bytes", b"\n".join(bytes.fromhex(run.decode()) for run in _even(rows))
        cursor.execute("SELECT count(*) FROM pg_largeobject_metadata")
        assert cursor.fetchone() == (0,)


def _even(rows: bytes) -> Iterator[bytes]:
    for run in _HEX.findall(rows):
        yield run[: len(run) // 2 * 2]


def _places(logged: str) -> Iterator[tuple[str, bytes]]:
    yield from _table_dump()
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    redis.Redis.from_url(settings.REDIS_URL).save()
    for path in sorted(FOLDER.rglob("*")):
        yield str(path.relative_to(FOLDER)), _read(path)
    yield "environment", Path("/proc/self/environ").read_bytes()
    yield "settings", repr({name: getattr(settings, name) for name in dir(settings) if name.isupper()}).encode()
    yield "logs", logged.encode()


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    for start in [found.start() for found in re.finditer(b"\x1f\x8b\x08", content)][:50]:
        try:
            yield gzip.decompress(content[start:])
        except (OSError, EOFError, ValueError, zlib.error):
            continue


def _found(patterns: set[bytes], logged: str) -> set[str]:
    return {
        place
        for place, content in _places(logged)
        for plain in _unpacked(content)
        for pattern in patterns
        if pattern in plain
    }


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_bid_is_anywhere_before_the_opening(
    travel: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    word, digits = f"KANARI{secrets.token_hex(6)}", str(secrets.randbelow(9 * 10**8) + 10**8)
    tender, bidders = make.called(), [make.company() for _ in range(3)]
    prices = [int(f"{digits}{n}") for n in range(3)]
    for bidder, price in zip(bidders, prices, strict=True):
        tender.take(bidder)
        sealed = tender.sealed(bidder, price, manager=f"{word} 有限公司", remarks=f"{word} 保密")
        services.submit_bid(actor=bidder.actor, bid_id=tender.upload(bidder, sealed).id)
    numbers = {price.to_bytes(8, order) for price in prices for order in ("big", "little")}
    patterns = _spellings(word) | _spellings(f"{word} 有限公司") | _spellings(digits) | numbers
    assert _found(patterns, caplog.text) == set()
    _no_key_opens(bidders)
    _no_amount_fits(prices)
    for path in FOLDER.rglob("*"):
        content = _read(path)
        assert not any(share in content for share in tender.shares)
    travel(days=22)
    services.close_due()
    tender.open()
    assert any(place.startswith("table tenders_") for place in _found(patterns, "")), "the search can find"


def _read(path: Path) -> bytes:
    """A file's bytes; what another test takes away meanwhile is empty."""
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    except FileNotFoundError:
        return b""


def _keys() -> set[bytes]:
    """Every key of the server, as it is and hashed to the length of a key."""
    field_keys = [base64.b64decode(entry.split(":")[1]) for entry in settings.FIELD_KEYS.split(",")]
    texts = (settings.SECRET_KEY, settings.JWT_SIGNING_KEY, settings.JOURNAL_ANCHOR_KEY, settings.VAPID_PRIVATE_KEY)
    raw = [*field_keys, base64.b64decode(settings.BLIND_INDEX_KEY), common.signing_seed()]
    hashed = [hashlib.sha256(value).digest() for value in [*raw, *(text.encode() for text in texts)]]
    return {value for value in [*raw, *hashed] if len(value) == 32}


def _no_key_opens(bidders: list[make.Company]) -> None:
    for bid in Bid.objects.all():
        step = bytes(bid.steps.order_by("place").values_list("data", flat=True)[0])
        envelope = sealing.Envelope(bytes(bid.point), bytes(bid.wrapped))
        for key in _keys():
            for bidder in bidders:
                bound = sealing.binding(bid.section_id, bidder.id, bid.bid_version)
                with pytest.raises(sealing.UnopenableError):
                    sealing.unwrap(key, envelope, bound)
                data = sealing._step_data(bound, 0, bid.step_count)
                with pytest.raises(InvalidTag):
                    AESGCM(key).decrypt(sealing._nonce(0), step, data)


def _no_amount_fits(prices: list[int]) -> None:
    """Amounts are few enough to be tried: a commitment without its salt would give them away."""
    known = set(Bid.objects.values_list("commitment", flat=True)) | set(Bid.objects.values_list("sha256", flat=True))
    marks = {bytes(mark).hex() for mark in Bid.objects.values_list("mark", flat=True)}
    for price in prices:
        for near in range(price - 50, price + 50):
            said = {"price_fen": near, "duration_days": 180, "quality": "合格"}
            tried = (str(near).encode(), sealing.canonical({"price_fen": near}), sealing.canonical(said))
            assert not {hashlib.sha256(one).hexdigest() for one in tried} & (known | marks)


@pytest.mark.django_db
def test_who_bids_cannot_be_read_from_rows() -> None:
    """Marks and sealed identities instead of ids: without the server's keys not even the bidder is known."""
    tender, bidder = make.called(), make.company()
    tender.bid(bidder, 95_000_00)
    with connection.cursor() as cursor:
        for table in ("tenders_bid", "tenders_documentstaken"):
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            text = " ".join(row[0] for row in cursor.fetchall())
            for known in (bidder.id, bidder.person):
                assert str(known) not in text
                assert UUID(str(known)).hex not in text
            assert bidder.code not in text
