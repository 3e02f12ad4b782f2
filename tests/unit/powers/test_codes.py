"""Codes of items and organisations: national forms are checked and tied together, real local forms are accepted."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from backend.powers.rules import codes

CATALOGUE = Path(codes.__file__).parent.parent / "data" / "service_catalogue.csv"
TASK = "12441500196720244T" + "3" + "442199806003"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_a_real_task_code_is_sound_and_tied_to_its_base_code():
    assert codes.is_catalog_code("442199806003")
    assert codes.task_code_fault(TASK, "442199806003") is None
    assert codes.task_code_fault(TASK, None) is None


@pytest.mark.parametrize(
    ("code", "catalog", "fault"),
    [
        (TASK[:-1], "442199806003", "form"),
        (TASK, "442199806004", "catalog"),
        ("12441500196720244U" + TASK[18:], "442199806003", "credit_code"),
        (TASK[:18] + "7" + TASK[19:], "442199806003", "form"),
    ],
)
def test_a_wrong_task_code_names_its_fault(code, catalog, fault):
    assert codes.task_code_fault(code, catalog) == fault


def test_a_handling_item_hangs_on_its_task_code():
    assert codes.handle_item_fault(TASK + "01", TASK) is None
    assert codes.handle_item_fault(TASK + "01", None) == "task"
    assert codes.handle_item_fault(TASK + "1", TASK) == "form"


@given(st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_in_a_credit_code_is_always_noticed(place, sign):
    good = "12441500196720244T"
    changed = good[:place] + sign + good[place + 1 :]
    assert codes.is_credit_code(changed) == (changed == good)


@pytest.mark.parametrize("code", ["008778175", "00877836X", "76726532-X", "083372204"])
def test_real_nine_character_codes_pass_their_check(code):
    assert codes.is_legacy_code(code)


def test_a_nine_digit_number_that_is_no_code_is_kept_but_marked():
    read = codes.parse_organisation_code("130501003")
    assert read == codes.OrganisationCode("130501003", codes.OrganisationCodeKind.LEGACY, is_sound=False)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("  11511301008778183n ", "11511301008778183N", codes.OrganisationCodeKind.CREDIT),
        ("１１５１１３０１００８７７８１８３Ｎ", "11511301008778183N", codes.OrganisationCodeKind.CREDIT),
        ("00877868-5", "008778685", codes.OrganisationCodeKind.LEGACY),
        ("1151130108778239R_6391", "1151130108778239R_6391", codes.OrganisationCodeKind.OTHER),
        ("11736", "11736", codes.OrganisationCodeKind.OTHER),
    ],
)
def test_organisation_codes_of_every_kind_are_read(text, value, kind):
    read = codes.parse_organisation_code(text)
    assert (read.value, read.kind) == (value, kind)


@pytest.mark.parametrize("text", ["", "   ", "区教育局", "a;drop", "=1+1"])
def test_what_is_no_organisation_code_is_not_read(text):
    assert codes.parse_organisation_code(text) is None


def test_the_local_form_is_taken_apart():
    read = codes.parse_item_code("js321300jy-xk-0010")
    assert read.kind is codes.CodeKind.LOCAL
    assert read.parts == {
        "province": "JS",
        "region": "321300",
        "department": "JY",
        "letters": "XK",
        "serial": "0010",
    }


def test_a_provincial_code_shows_its_region():
    read = codes.parse_item_code("511Z07001006-511602000000-000-11511301008778183N-1-00")
    assert read.kind is codes.CodeKind.PROVINCIAL
    assert read.parts["region"] == "511602000000"
    assert read.parts["body"] == "11511301008778183N"


@pytest.mark.parametrize("text", ["", "教师资格", "a b c d", "<script>", "AB", "A" * 81])
def test_what_is_no_item_code_is_refused(text):
    assert codes.parse_item_code(text) is None


def test_every_code_of_the_real_catalogue_is_read():
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
        read = [codes.parse_item_code(row["implementing_code"]) for row in csv.DictReader(file)]
    assert len(read) == 728
    assert all(code is not None for code in read)
    assert sum(code.kind is codes.CodeKind.PROVINCIAL for code in read) == 725


@given(st.text(max_size=100))
def test_no_text_breaks_the_readers(text):
    item = codes.parse_item_code(text)
    assert item is None or codes.parse_item_code(item.value) == item
    organisation = codes.parse_organisation_code(text)
    assert organisation is None or codes.parse_organisation_code(organisation.value) is not None


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "321302196003070018", "321322198812310019", "320881199001010015"]
)
def test_numbers_of_people_from_suqian_of_any_age_are_numbers(number):
    body = number[:17]
    whole = body + ric.calc_check_digit(body + "0")
    assert codes.is_citizen_number(whole)


@pytest.mark.parametrize(
    "number",
    ["110105194912310021", "11010519490230002X", "99010519491231002X", "11010519491231002x", "1101051949123100"],
)
def test_what_is_no_citizen_number_is_refused(number):
    assert not codes.is_citizen_number(number)


@given(
    st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789")
)
def test_one_wrong_digit_in_a_citizen_number_is_noticed(born, serial, place, digit):
    body = f"321302{born:%Y%m%d}{serial:03d}"
    good = body + ric.calc_check_digit(body + "0")
    assert codes.is_citizen_number(good)
    changed = good[:place] + digit + good[place + 1 :]
    assert changed == good or not codes.is_citizen_number(changed)
