"""The chain's rules (reliability F39): one canonical text, and every kind of tampering named at the right line."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.journal import rules
from backend.journal.types import GENESIS, Anchor, Fault, LineContent, LooseLine, SealedLine

KEY = b"k" * 32
SIGNER = Ed25519PrivateKey.from_private_bytes(b"s" * 32)


def content(number: int) -> LineContent:
    """A line that says `number`."""
    return LineContent(
        id=str(UUID(int=number)),
        recorded_at=f"2026-11-23T01:00:{number % 60:02d}.000000Z",
        actor_kind="system",
        actor_id=None,
        actor_name="test",
        actor_organisation_id=None,
        actor_roles="",
        session_id=None,
        action="case.accepted",
        subject_kind="case",
        subject_id=str(UUID(int=7)),
        organisation_id=None,
        data=rules.canonical_json({"number": number}),
        private_digest="",
        private_sha256="",
    )


def seal(contents: list[LineContent], key: bytes = KEY) -> list[SealedLine]:
    """Seal these lines in order."""
    chain: list[SealedLine] = []
    prev = GENESIS
    for seq, item in enumerate(contents, 1):
        stamp = rules.stamp_of(item, key)
        line_hash = rules.hash_of(prev, seq, item.recorded_at, stamp, item)
        chain.append(
            SealedLine(seq, prev, line_hash, item.recorded_at, stamp, rules.seal_stamp_of(seq, line_hash, key), item)
        )
        prev = line_hash
    return chain


CHAIN = seal([content(n) for n in range(1, 21)])


def anchors_of(chain: list[SealedLine], *seqs: int) -> list[str]:
    """Signed anchor lines for these places."""
    found: list[str] = []
    previous = GENESIS
    for seq in seqs:
        bare = Anchor(seq, chain[seq - 1].hash, "2026-11-23T02:00:00.000000Z", previous, "k1", "")
        signature = base64.b64encode(SIGNER.sign(rules.anchor_statement(bare).encode())).decode()
        found.append(rules.anchor_line(replace(bare, signature=signature)))
        previous = rules.anchor_digest(found[-1])
    return found


def genuine(anchor: Anchor) -> bool:
    """Whether SIGNER signed it."""
    try:
        SIGNER.public_key().verify(base64.b64decode(anchor.signature), rules.anchor_statement(anchor).encode())
    except InvalidSignature:
        return False
    return True


ANCHORS = anchors_of(CHAIN, 5, 10, 18)


def finding(chain: list[SealedLine], loose: tuple[LooseLine, ...] = ()) -> tuple[Fault, int] | None:
    """What verification finds, with the anchors of the honest chain."""
    checked, bad = rules.check_anchors(ANCHORS, ANCHORS, genuine)
    assert bad is None
    verdict = rules.verify(chain, loose, checked, stamp_key=KEY)
    return (verdict.finding.fault, verdict.finding.seq) if verdict.finding else None


def test_an_honest_chain_is_sound() -> None:
    """No false alarm, counts told."""
    verdict = rules.verify(CHAIN, [LooseLine(rules.stamp_of(content(99), KEY), content(99))], [], stamp_key=KEY)
    assert (verdict.ok, verdict.lines, verdict.loose, verdict.head_hash) == (True, 20, 1, CHAIN[-1].hash)
    assert finding(CHAIN) is None


@pytest.mark.parametrize("field", LineContent._fields)
@pytest.mark.parametrize("place", [1, 12, 20])
def test_every_edited_field_is_found(field: str, place: int) -> None:
    """Any field of any line."""
    line = CHAIN[place - 1]
    edited = line._replace(content=line.content._replace(**{field: "changed"}))
    assert finding([*CHAIN[: place - 1], edited, *CHAIN[place:]]) == (Fault.CONTENT, place)


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("prev_hash", Fault.CHAIN),
        ("hash", Fault.HASH),
        ("sealed_at", Fault.HASH),
        ("stamp", Fault.CONTENT),
        ("seal_stamp", Fault.SEAL),
    ],
)
def test_every_edited_seal_is_found(field: str, fault: Fault) -> None:
    """The columns of the chain itself."""
    edited = CHAIN[6]._replace(**{field: "f" * 64})
    assert finding([*CHAIN[:6], edited, *CHAIN[7:]]) == (fault, 7)


def test_a_removed_line_is_found() -> None:
    """A hole in the middle."""
    assert finding([*CHAIN[:6], *CHAIN[7:]]) == (Fault.GAP, 7)


def test_a_cut_tail_is_found_by_an_anchor() -> None:
    """Only an anchor knows that there was more."""
    assert finding(CHAIN[:15]) == (Fault.TAIL_CUT, 16)
    assert finding(CHAIN[:18]) is None


def test_swapped_lines_are_found() -> None:
    """Two lines that took each other's place."""
    one, two = CHAIN[6], CHAIN[7]
    swapped = [*CHAIN[:6], two._replace(seq=7), one._replace(seq=8), *CHAIN[8:]]
    assert finding(swapped) == (Fault.CHAIN, 7)


def test_a_chain_recomputed_without_the_key_is_found_at_the_very_line() -> None:
    """Whoever rewrites inside the database lacks the stamps' key."""
    contents = [line.content for line in CHAIN]
    contents[11] = contents[11]._replace(data="{}")
    forged = seal(contents, key=b"guessed" * 4)
    mixed = [*CHAIN[:11], *forged[11:]]
    assert finding(mixed) == (Fault.CONTENT, 12)


def test_removal_with_the_rest_recomputed_is_found() -> None:
    """The contents are genuine, their new places are not."""
    contents = [line.content for line in CHAIN if line.seq != 12]
    stamps_kept = [line._replace(seal_stamp=CHAIN[n].seal_stamp) for n, line in enumerate(seal(contents))]
    assert finding(stamps_kept) == (Fault.SEAL, 12)


def test_a_chain_recomputed_with_every_key_still_meets_an_anchor() -> None:
    """Even who holds the stamps' key cannot undo what was signed and carried away."""
    contents = [line.content for line in CHAIN]
    contents[7] = contents[7]._replace(data="{}")
    assert finding(seal(contents)) == (Fault.ANCHOR_DIFFERS, 10)


def test_a_forged_waiting_line_is_found() -> None:
    """Inserted with an old time, waiting to be sealed as if it were real."""
    forged = LooseLine("0" * 64, content(3)._replace(recorded_at="2020-01-01T00:00:00.000000Z"))
    assert finding(CHAIN, (forged,)) == (Fault.LOOSE_FORGED, 21)


@pytest.mark.parametrize(
    ("lines", "fault", "seq"),
    [
        ([ANCHORS[0], ANCHORS[1].replace('"seq":10', '"seq":11'), ANCHORS[2]], Fault.ANCHOR_FORGED, 11),
        ([ANCHORS[0], ANCHORS[1] + " ", ANCHORS[2]], Fault.ANCHOR_FORGED, 6),
        ([ANCHORS[0], "", ANCHORS[2]], Fault.ANCHOR_FORGED, 6),
        ([ANCHORS[0], ANCHORS[2]], Fault.ANCHOR_CHAIN, 6),
        ([ANCHORS[1], ANCHORS[0], ANCHORS[2]], Fault.ANCHOR_CHAIN, 1),
        (ANCHORS[:1], Fault.ANCHOR_MISSING, 10),
        ([], Fault.ANCHOR_MISSING, 5),
    ],
)
def test_a_tampered_anchor_file_is_found(lines: list[str], fault: Fault, seq: int) -> None:
    """Edited, removed, moved or emptied."""
    _, bad = rules.check_anchors(lines, ANCHORS, genuine)
    assert bad is not None
    assert (bad.fault, bad.seq) == (fault, seq)


def test_the_newest_anchor_may_still_be_on_its_way() -> None:
    """Between the commit and the write to the file."""
    assert rules.check_anchors(ANCHORS[:2], ANCHORS, genuine)[1] is None


@pytest.mark.parametrize(
    ("head", "last", "seconds", "due"),
    [
        (0, 0, 0, False),
        (1, 0, 0, True),
        (5, 4, 59.9, False),
        (5, 4, 60, True),
        (5, 5, 999, False),
        (1004, 4, 0, True),
        (1003, 4, 0, False),
    ],
)
def test_when_an_anchor_is_due(head: int, last: int, seconds: float, due: bool) -> None:
    """Every 60 s or 1000 lines, and only for new lines."""
    assert (
        rules.anchor_is_due(head_seq=head, last_seq=last, seconds_since=seconds, every_lines=1000, every_seconds=60)
        is due
    )


def test_canonical_text() -> None:
    """Sorted, compact, Chinese as it is, other types as text."""
    value = {"b": [1, None, True], "文": date(2026, 11, 23), "a": UUID(int=1)}
    expected = '{"a":"00000000-0000-0000-0000-000000000001","b":[1,null,true],"文":"2026-11-23"}'
    assert rules.canonical_json(value) == expected


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), b"x", {1: 2}, "a\x00b", object(), "\ud800", {"x": set()}]
)
def test_what_has_no_canonical_text_is_refused(value: object) -> None:
    """Better no line than one that cannot be verified."""
    with pytest.raises(ValueError):  # noqa: PT011 - the message varies, the type is the contract
        rules.canonical_json(value)


def test_times_are_one_text_whatever_the_zone() -> None:
    """UTC with microseconds; a time without zone is refused."""
    moment = datetime(2026, 11, 23, 9, 0, 0, 1, tzinfo=timezone(timedelta(hours=8)))
    assert rules.time_text(moment) == rules.time_text(moment.astimezone(UTC)) == "2026-11-23T01:00:00.000001Z"
    with pytest.raises(ValueError, match="zone"):
        rules.time_text(datetime(2026, 11, 23))


@given(st.integers(1, 20), st.integers(1, 20))
@settings(max_examples=40, deadline=None)
def test_the_first_bad_line_is_the_one_named(one: int, two: int) -> None:
    """With two edits, the earlier one."""
    chain = list(CHAIN)
    for place in {one, two}:
        chain[place - 1] = chain[place - 1]._replace(content=chain[place - 1].content._replace(action="x"))
    assert finding(chain) == (Fault.CONTENT, min(one, two))
