"""Cross-field checks of the implementation list (domain.md 2.3): each rule refuses what it should, and only that."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.powers.rules import content
from backend.powers.types import FeeInfo, LegalBasis, MaterialInfo, StepInfo, VersionContent

GOOD = VersionContent(
    name="食品经营许可",
    legal_bases=(LegalBasis("食品安全法", "第三十五条", "须取得许可"),),
    legal_limit=20,
    promised_limit=10,
    onsite_visits=0,
    onsite_reason="无",
    is_online=True,
    online_depth=4,
    handle_forms=("window", "online"),
    result_name="食品经营许可证",
    result_type="certificate",
    steps=(StepInfo("accept", "受理", "window_clerk", 1), StepInfo("decide", "决定", "approver", 10)),
    materials=(MaterialInfo("id", "身份证", "required", ("image/jpeg",), 2, "electronic"),),
    form_schema={
        "type": "object",
        "additionalProperties": False,
        "properties": {"a": {"type": "boolean", "title": "甲"}},
        "x-groups": [{"title": "全部", "fields": ["a"]}],
    },
)


def codes_of(found: VersionContent, **kind) -> set[str]:
    rules = {"basis_required": True, "applied_for": True, **kind}
    return {fault.code for fault in content.check_content(found, **rules)}


def test_a_sound_item_passes():
    assert codes_of(GOOD) == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "name_length"),
        ({"name": "长" * 1001}, "name_length"),
        ({"project_type": "immediate"}, "promise_and_kind"),
        ({"promised_limit": 0, "steps": ()}, "promise_and_kind"),
        ({"promised_limit": 21}, "promise_too_long"),
        ({"promised_limit": 20, "legal_limit": 27, "legal_unit": "cd"}, "promise_too_long"),
        ({"legal_limit": -1}, "negative"),
        ({"result_type": "document"}, "result_and_type"),
        ({"result_name": "同意延期的批复"}, "result_and_type"),
        ({"onsite_visits": 1, "online_depth": 3}, "reason_missing"),
        ({"onsite_reason": "核对原件"}, "reason_needless"),
        ({"is_online": False, "handle_forms": ("window",), "form_schema": {}}, "mail_missing"),
        ({"onsite_visits": 1, "onsite_reason": "核对原件"}, "fully_online"),
        ({"is_fee": True}, "fee_rows"),
        ({"fees": (FeeInfo("工本费", "10元", 1000),)}, "fee_rows"),
        ({"is_fee": True, "fees": (FeeInfo("工本费", "-", -1),)}, "negative"),
        ({"legal_bases": ()}, "basis_missing"),
        ({"steps": ()}, "steps_missing"),
        ({"steps": (*GOOD.steps, GOOD.steps[0])}, "duplicate_code"),
        ({"steps": (StepInfo("decide", "决定", "king", 1),)}, "unknown_role"),
        ({"steps": (StepInfo("decide", "决定", "approver", 11),)}, "steps_too_long"),
        ({"materials": GOOD.materials * 2}, "duplicate_code"),
        ({"form_schema": {}}, "form_missing"),
        ({"handle_forms": ("window",)}, "online_form"),
        ({"online_depth": 5}, "depth"),
        ({"audience": ("martian",)}, "not_a_choice"),
    ],
)
def test_a_broken_item_is_told_why(changes, code):
    assert code in codes_of(dataclasses.replace(GOOD, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"necessity": "maybe"},
        {"accepts": ("text/html",)},
        {"accepts": ()},
        {"form": "paper"},
        {"max_files": 0},
        {"max_files": 51},
    ],
)
def test_a_material_with_an_impossible_property_is_refused(changes):
    material = dataclasses.replace(GOOD.materials[0], **changes)
    assert codes_of(dataclasses.replace(GOOD, materials=(material,))) == {"material"}


def test_a_power_nobody_applies_for_cannot_go_online():
    assert codes_of(GOOD, applied_for=False) == {"not_applied_for"}


def test_thirty_calendar_days_hold_twenty_working_days():
    changed = dataclasses.replace(GOOD, legal_limit=30, legal_unit="cd", promised_limit=20)
    assert codes_of(changed) == set()


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_promise_is_never_longer_than_the_law_allows(legal, promised):
    found = dataclasses.replace(GOOD, legal_limit=legal, promised_limit=promised, steps=GOOD.steps[:1])
    assert ("promise_too_long" in codes_of(found)) == (promised > legal)
