"""The format of sealed bids and the sharing of keys: round trips, every bit counts, fixed vectors (F36)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tenders.rules import sealing, shamir
from backend.tenders.rules.search import tokens, wanted
from backend.tenders.types import FailureReason

DOCS = Path(__file__).resolve().parents[3] / "docs"
BOUND = sealing.binding(UUID(int=1), UUID(int=2), 1)


@given(st.binary(min_size=1, max_size=40))
def test_any_two_of_three_shares_give_the_secret(secret: bytes) -> None:
    shares = shamir.split(secret, shares=3, threshold=2)
    for pair in combinations(shares, 2):
        assert shamir.combine(pair) == secret
    assert shamir.combine(shares) == secret


@given(st.binary(min_size=16, max_size=32), st.integers(2, 5))
def test_fewer_than_the_threshold_give_something_else(secret: bytes, threshold: int) -> None:
    shares = shamir.split(secret, shares=6, threshold=threshold)
    assert shamir.combine(shares[:threshold]) == secret
    if threshold > 2:
        assert shamir.combine(shares[: threshold - 1]) != secret


def test_one_share_says_nothing() -> None:
    """Each value of a byte of a share is as likely whatever the secret: the first shares of two secrets look alike."""
    seen = {shamir.split(b"\0", shares=2, threshold=2)[0][0] for _ in range(3000)}
    assert len(seen) == 256


@pytest.mark.parametrize("shares", [[], [b"\1\1"], [b"\1\1", b"\1\1"], [b"\1\1", b"\1\1\2"], [b"\1\0", b"\1\1"]])
def test_what_are_no_shares_is_refused(shares: list[bytes]) -> None:
    with pytest.raises(ValueError, match="share"):
        shamir.combine(shares)


def sealed(size: int = 10) -> tuple[bytes, sealing.SealedBid]:
    scalar, public = sealing.new_key()
    secret = (os.urandom(32), os.urandom(32), os.urandom(32))
    return scalar, sealing.seal(public, BOUND, {"price_fen": 1}, [("a.pdf", os.urandom(size))], secret=secret)


def opened(scalar: bytes, bid: sealing.SealedBid, bound: bytes = BOUND, steps: tuple[bytes, ...] = ()) -> object:
    key = sealing.unwrap(scalar, bid.envelope, bound)
    return sealing.open_bid(key, bound, steps or bid.steps, len(bid.steps), bid.commitment).statement


@pytest.mark.parametrize("size", [0, 1, 65_000, 65_536, 200_000])
def test_sealed_and_opened_in_steps_of_64_kib(size: int) -> None:
    scalar, bid = sealed(size)
    assert opened(scalar, bid) == {"price_fen": 1}
    assert {len(step) for step in bid.steps} == {sealing.SEALED_STEP}


def test_another_key_bidder_section_or_version_opens_nothing() -> None:
    scalar, bid = sealed()
    others = [(UUID(int=9), UUID(int=2), 1), (UUID(int=1), UUID(int=9), 1), (UUID(int=1), UUID(int=2), 2)]
    for other in others:
        with pytest.raises(sealing.UnopenableError) as caught:
            opened(scalar, bid, sealing.binding(*other))
        assert caught.value.reason is FailureReason.WRONG_KEY
    with pytest.raises(sealing.UnopenableError):
        opened(sealing.new_key()[0], bid)


def test_steps_cannot_be_left_out_moved_or_doubled() -> None:
    scalar, bid = sealed(150_000)
    first, second, third = bid.steps
    for steps in ((first, second), (second, first, third), (first, first, third), (*bid.steps, third), (first,) * 3):
        with pytest.raises(sealing.UnopenableError) as caught:
            opened(scalar, bid, steps=steps)
        assert caught.value.reason is FailureReason.BROKEN_STEP


@given(st.binary(max_size=300))
def test_whatever_was_sealed_opening_ends_in_a_mark(plain: bytes) -> None:
    """Nonsense inside a well-sealed bid is a mark, never an error."""
    key = bytes(32)
    steps = tuple(sealing._sealed_steps(key, BOUND, plain + bytes(-len(plain) % sealing.STEP)))
    with pytest.raises(sealing.UnopenableError):
        sealing.open_bid(key, BOUND, steps, len(steps), "0" * 64)


def test_the_published_vectors_hold() -> None:
    """docs/bid-vectors.json: others who write a tool check it against these."""
    vectors = json.loads((DOCS / "bid-vectors.json").read_text())
    bound = sealing.binding(UUID(vectors["section_id"]), UUID(vectors["bidder_id"]), vectors["version"])
    secret = tuple(bytes.fromhex(vectors[name]) for name in ("ephemeral", "content_key", "salt"))
    files = [(entry["name"], bytes.fromhex(entry["hex"])) for entry in vectors["files"]]
    public = bytes.fromhex(vectors["tender_public_key"])
    bid = sealing.seal(public, bound, vectors["statement"], files, secret=secret)  # type: ignore[arg-type]
    assert bid.envelope.point.hex() == vectors["point"]
    assert bid.envelope.wrapped.hex() == vectors["wrapped"]
    assert (bid.commitment, bid.sha256, len(bid.steps)) == (
        vectors["commitment"], vectors["ciphertext_sha256"], vectors["step_count"],
    )  # fmt: skip
    shares = [bytes.fromhex(share) for share in vectors["shares"]]
    assert shamir.combine(shares[:2]) == bytes.fromhex(vectors["tender_private_key"]) == shamir.combine(shares[1:])


def test_the_offline_tool_makes_what_we_open(tmp_path: Path) -> None:
    """docs/tools/seal_bid.py is one file that needs nothing of the platform."""
    scalar, public = sealing.new_key()
    (tmp_path / "offer.pdf").write_bytes(b"%PDF-1.7 offer")
    (tmp_path / "statement.json").write_text('{"price_fen": 9500000, "duration_days": 180}')
    command = [
        sys.executable, str(DOCS / "tools" / "seal_bid.py"), "seal", "--section", str(UUID(int=1)), "--bidder",
        str(UUID(int=2)), "--version", "1", "--key", public.hex(), "--statement", str(tmp_path / "statement.json"),
        "--out", str(tmp_path / "bid"), str(tmp_path / "offer.pdf"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    head = json.loads((tmp_path / "bid.json").read_text())
    body = (tmp_path / "bid.bin").read_bytes()
    steps = tuple(body[i : i + sealing.SEALED_STEP] for i in range(0, len(body), sealing.SEALED_STEP))
    envelope = sealing.Envelope(bytes.fromhex(head["point"]), bytes.fromhex(head["wrapped"]))
    bid = sealing.SealedBid(envelope, steps, head["commitment"])
    assert head["sha256"] == bid.sha256
    assert opened(scalar, bid) == {"price_fen": 9500000, "duration_days": 180}


def test_a_text_is_found_by_its_pairs() -> None:
    text = set(tokens("宿迁市青年路 G343 改造工程"))
    for query in ("青年路", "g343 改造", "工程", "路"):
        assert set(wanted(query)) <= text
    assert not set(wanted("路青年")) <= text
