"""Push rules: addresses (F18), what the operator lets through, payloads without content, waits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.push.rules import clamp_ttl, next_try, retry_after, show_payload, smallest, topic
from kernel.egress import is_named, is_public, read_endpoint


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8"])
def test_public_addresses(address: str) -> None:
    """The open internet."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "::", "fe80::1%eth0",
     "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1", "240.0.0.1", "ff02::1", "x", ""],
)  # fmt: skip
def test_everything_else_is_not_public(address: str) -> None:
    """Private, loopback, link-local, shared, multicast, reserved, and each of them wrapped in IPv6."""
    assert not is_public(address)


@given(st.text(max_size=80))
def test_no_address_text_crashes(text: str) -> None:
    """Whatever a client sends as an endpoint."""
    read_endpoint(text)
    is_public(text)


@pytest.mark.parametrize(
    ("entry", "named"),
    [("127.0.0.1", True), ("127.0.0.1:8080", True), ("127.0.0.1:9", False), ("127.0.0.0/8", True),
     ("http://127.0.0.1:8080/", True), ("push.test", True), ("push.test:8080", True), ("other.test", False),
     ("10.0.0.0/8", False), ("", False), ("[::1]:8080", False)],
)  # fmt: skip
def test_what_the_operator_names(entry: str, named: bool) -> None:
    """Hosts, addresses, networks, with or without a port."""
    assert is_named([entry], "push.test", 8080, "127.0.0.1") is named


def test_the_origin_is_the_audience() -> None:
    """With the port where it is not the usual one."""
    found = read_endpoint("https://Push.Example.org:8443/a?b=c")
    assert found is not None
    assert found.origin == "https://push.example.org:8443"
    usual = read_endpoint("https://push.example.org:443/a")
    assert usual is not None
    assert usual.origin == "https://push.example.org"


def test_payloads_are_small_and_without_content() -> None:
    """Id, link, a short title, the badge; the smallest form has the id alone."""
    payload = show_payload(title="标" * 200, body="", link="/inbox/1", notification_id="1", badge=0)
    assert set(payload) == {"kind", "id", "title", "link", "badge"}
    assert len(payload["title"]) == 60
    assert smallest(payload) == {"kind": "show", "id": "1"}


def test_topics_fit_the_standard() -> None:
    """At most 32 URL-safe signs."""
    assert topic("a" * 32)
    for wrong in ("", "a" * 33, "a b", "办件"):
        with pytest.raises(ValueError, match="collapse key"):
            topic(wrong)


def test_waits() -> None:
    """Delays repeat their last; Retry-After as seconds or as a date measured by the answer's own clock."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert [(next_try([2, 10], n, now) - now).seconds for n in (1, 2, 3)] == [2, 10, 10]
    assert retry_after("7", None) == 7.0
    assert retry_after("Mon, 23 Nov 2026 00:00:30 GMT", "Mon, 23 Nov 2026 00:00:00 GMT") == 30.0
    assert retry_after("soon", None) is None
    assert (clamp_ttl(-5), clamp_ttl(10**9)) == (0, 28 * 24 * 3600)
