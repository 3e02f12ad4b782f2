"""Personal data at rest: unreadable in the row, bound to its place, found only through its blind index."""

from __future__ import annotations

import base64
import os

import pytest
from cryptography.exceptions import InvalidTag

from kernel import crypto


def test_seals_differ_and_open_only_in_their_place() -> None:
    first = crypto.seal(b"13812345678", context="a.phone")
    second = crypto.seal(b"13812345678", context="a.phone")
    assert first != second
    assert b"13812345678" not in first
    assert crypto.unseal(first, context="a.phone") == b"13812345678"
    with pytest.raises(InvalidTag):
        crypto.unseal(first, context="b.phone")


def test_old_keys_still_open(settings) -> None:  # type: ignore[no-untyped-def]
    sealed = crypto.seal(b"x", context="c")
    settings.FIELD_KEYS = "new:" + base64.b64encode(os.urandom(32)).decode() + "," + settings.FIELD_KEYS
    assert crypto.unseal(sealed, context="c") == b"x"
    assert crypto.seal(b"x", context="c").startswith(b"A1:new:")


def test_unknown_key_is_named_as_such(settings) -> None:  # type: ignore[no-untyped-def]
    sealed = crypto.seal(b"x", context="c")
    settings.FIELD_KEYS = "other:" + base64.b64encode(os.urandom(32)).decode()
    with pytest.raises(ValueError, match="unknown"):
        crypto.unseal(sealed, context="c")


def test_blind_index_is_stable_and_bound_to_its_purpose() -> None:
    assert crypto.blind_index("1", purpose="p") == crypto.blind_index("1", purpose="p")
    assert crypto.blind_index("1", purpose="p") != crypto.blind_index("1", purpose="q")
