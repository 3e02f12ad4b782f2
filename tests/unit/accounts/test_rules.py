"""Numbers, limits and secrets by their rules, without a database (GB 11643, GB 32100, MLPS 8.1.4.1)."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.rules import limits, numbers, secrets
from backend.accounts.types import Role

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def _with_check(first17: str) -> str:
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(first17, weights, strict=True))
    return first17 + "10X98765432"[total % 11]


@pytest.mark.parametrize("region", ["321302", "321322", "321323", "321324", "321311", "110101"])
def test_an_id_number_of_any_county_is_taken(region: str) -> None:
    number = _with_check(f"{region}19900307651")
    assert numbers.normalised_id_number(number, today=TODAY) == number


def test_full_width_blanks_and_small_letters_are_made_alike() -> None:
    number = next(n for n in (_with_check(f"32132219900307{i:03d}") for i in range(999)) if n.endswith("X"))
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number.lower())
    assert numbers.normalised_id_number(f" {wide} ", today=TODAY) == number


@pytest.mark.parametrize(
    "number",
    [
        "",
        "321322900307651",
        "32132219900307651" + "A",
        _with_check("32132219900230651"),
        _with_check("32132220261124651"),
        _with_check("32132218991231651"),
        _with_check("00132219900307651"),
        _with_check("99132219900307651"),
        "٣21322199003076512",
    ],
)
def test_what_cannot_be_an_id_number_is_refused(number: str) -> None:
    assert numbers.normalised_id_number(number, today=TODAY) is None


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_changed_digit_is_found(place: int, by: int) -> None:
    number = _with_check("32132219900307651")
    changed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert numbers.normalised_id_number(changed, today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13805270001", "+8613805270001"),
        ("+86 138-0527-0001", "+8613805270001"),
        ("008613805270001", "+8613805270001"),
        ("１３８０５２７０００１", "+8613805270001"),
        ("12805270001", None),
        ("+8512345678901", None),
        ("+85213805270001", None),
        ("02161234567", None),
        ("138052700011", None),
        ("1380527000٠", None),
    ],
)
def test_only_mainland_mobiles_are_numbers(text: str, number: str | None) -> None:
    assert numbers.normalised_mobile(text) == number


@pytest.mark.parametrize(
    ("code", "right"),
    [("91110000600037341L", True), ("11511301008778183N", True), ("91110000600037341A", False), ("913213", False)],
)
def test_credit_codes_need_their_check_character(code: str, right: bool) -> None:
    assert (numbers.normalised_credit_code(code) == code) is right


@given(st.sets(st.sampled_from([str(role) for role in Role]), max_size=4))
def test_a_manager_role_stands_alone(roles: set[str]) -> None:
    managers = {role for role in roles if role.endswith("_manager")}
    assert numbers.may_hold_together(roles) is (not managers or len(roles) == 1)


def test_the_longest_wait_counts() -> None:
    spec = limits.parse_limits("1/60,5/3600,10/86400")
    times = [NOW - timedelta(minutes=minutes) for minutes in (2, 10, 20, 30, 40)]
    hit = limits.reached(spec, times, NOW)
    assert hit is not None
    assert (hit.limit.seconds, hit.free_at) == (3600, NOW + timedelta(minutes=20))
    assert limits.reached(spec, times[:4], NOW) is None


@given(st.lists(st.integers(1, 10_000), max_size=30), st.integers(1, 10), st.integers(1, 5000))
def test_waiting_as_told_is_always_enough(ages: list[int], count: int, seconds: int) -> None:
    rule = [limits.Limit(count, seconds)]
    times = [NOW - timedelta(seconds=age) for age in ages]
    hit = limits.reached(rule, times, NOW)
    recent = sum(age < seconds for age in ages)
    assert (hit is not None) is (recent >= count)
    if hit is not None:
        assert hit.free_at > NOW
        assert limits.reached(rule, times, hit.free_at) is None


@pytest.mark.parametrize(
    ("address", "network", "source"),
    [
        ("203.0.113.77", "203.0.113.0/24", "203.0.113.77"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48", "2001:db8:1:2::/64"),
        ("nonsense", "nonsense", "nonsense"),
    ],
)
def test_neighbourhoods(address: str, network: str, source: str) -> None:
    assert (limits.network_of(address), limits.source_of(address)) == (network, source)


@pytest.mark.parametrize(
    ("password", "least", "faults"),
    [
        ("Abcdef1!", 8, set()),
        ("abcdefg1!", 10, {"password_length"}),
        ("abcdefgh", 8, {"password_classes"}),
        ("Mayor-2026", 8, {"password_username"}),
        ("x" * 129, 8, {"password_length", "password_classes"}),
    ],
)
def test_password_rules(password: str, least: int, faults: set[str]) -> None:
    found = secrets.password_faults(password, username="mayor", least=least)
    assert {fault.code for fault in found} == faults


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_totp_code_fits_one_step_around(steps: int, fits: bool) -> None:
    secret = pyotp.random_base32()
    current = int(NOW.timestamp()) // 30
    code = pyotp.TOTP(secret).generate_otp(current + steps)
    assert (secrets.matching_step(secret, code, at=NOW, after=None) is not None) is fits
    assert secrets.matching_step(secret, code, at=NOW, after=current + steps) is None


@given(st.uuids(), st.integers(0, 2**32 - 1), st.binary(min_size=32, max_size=32))
def test_refresh_tokens_are_read_as_they_were_made(session_id: UUID, generation: int, mac: bytes) -> None:
    token = secrets.encode_refresh(session_id, generation, mac)
    assert secrets.decode_refresh(token) == (session_id, generation, mac)


@given(st.text(alphabet=string.printable + "é中", max_size=90))
def test_no_text_breaks_the_reader_of_refresh_tokens(text: str) -> None:
    found = secrets.decode_refresh(text)
    assert found is None or secrets.encode_refresh(*found) == text
