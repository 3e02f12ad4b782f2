"""Numbers (domain.md 9.1, F31): mainland mobiles in any usual spelling, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import DomainError
from sms.rules.numbers import extension_of, national_mobile, normalise_mobile, normalise_sender
from sms.types import SmsError

MOBILES = st.from_regex(r"\A1[38][0-9]{9}\Z")


@pytest.mark.parametrize(
    "spelling",
    [
        "13805271234",
        "+8613805271234",
        "008613805271234",
        "138 0527 1234",
        "138-0527-1234",
        "+86 138-0527-1234",
        "１３８０５２７１２３４",
        "＋８６13805271234",
        "\u200b13805271234 ",
        "(138)05271234",
    ],
)
def test_usual_spellings_are_one_number(spelling: str) -> None:
    assert normalise_mobile(spelling) == "+8613805271234"


@pytest.mark.parametrize(
    "refused",
    [
        "",
        "1380527123",
        "138052712345",
        "12805271234",
        "0527-84366666",
        "10648123456789",
        "1064812345678",
        "1440123456789",
        "14612345678901",
        "+85291234567",
        "+14155552671",
        "+886912345678",
        "0085291234567",
        "10086",
        "95533",
        "1380527123a",
        "+86138052712３４5",
        "८८१३८०५२७१२३४",
        "+86+8613805271234",
    ],
)
def test_landlines_machines_and_foreign_numbers_are_refused(refused: str) -> None:
    with pytest.raises(DomainError) as refusal:
        normalise_mobile(refused)
    assert refusal.value.code is SmsError.NUMBER_NOT_ALLOWED
    assert refusal.value.errors[0].pointer == "/phone"


@given(MOBILES, st.sampled_from(["", "+86", "0086", "+86 "]), st.sampled_from(["", " ", "-"]))
def test_spelling_never_changes_the_number(digits: str, prefix: str, filler: str) -> None:
    spelled = prefix + filler.join((digits[:3], digits[3:7], digits[7:]))
    assert national_mobile(spelled) == digits


@given(st.text(max_size=80))
def test_whatever_is_accepted_has_the_shape_of_a_mobile(value: str) -> None:
    digits = national_mobile(value)
    assert digits is None or (len(digits) == 11 and digits.isascii() and digits.isdigit() and digits[0] == "1")


def test_senders_that_are_no_mobiles_are_kept_as_they_are() -> None:
    assert normalise_sender(" 0086 13805271234") == "+8613805271234"
    assert normalise_sender("10086") == "10086"
    assert normalise_sender("+14155552671") == "+14155552671"


def test_extension_is_what_follows_the_base_number() -> None:
    assert extension_of("+8610690000123", "+8610690000") == "123"
    assert extension_of("8610690000", "+8610690000") == ""
    assert extension_of("+8613800000000", "+8610690000") == ""
    assert extension_of("+8610690000", "") == ""
