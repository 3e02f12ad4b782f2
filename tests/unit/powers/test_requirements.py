"""What a form asks for: faults for the applicant, and the materials its answers make necessary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend.powers import rules, selectors
from backend.powers.rules import catalogue_files

DATA = Path(rules.__file__).parent.parent / "data"
COMMON = json.loads((DATA / "common.json").read_text(encoding="utf-8"))


def item(key: str):
    document = json.loads((DATA / "items" / f"{key}.json").read_text(encoding="utf-8"))
    return catalogue_files.expand(document, COMMON, organisation="局")


@pytest.mark.parametrize(
    ("key", "form", "added"),
    [
        ("food_business", {}, set()),
        ("food_business", {"uses_machines": True, "by_agent": True}, {"vending", "authorisation"}),
        ("food_business", {"uses_machines": False}, set()),
        ("road_occupation", {"act": "dig"}, {"planning", "design"}),
        ("road_occupation", {"act": "occupy"}, set()),
        ("elderly_card", {"household": "elsewhere"}, {"residence"}),
        ("school_deferral", {"act": "suspend", "relation": "other"}, {"school", "guardian"}),
        ("food_business", "no object", set()),
    ],
)
def test_answers_make_materials_necessary(key, form, added):
    found = item(key)
    always = {material.code for material in found.materials if material.necessity == "required"}
    assert {material.code for material in selectors.required_materials(found, form)} == always | added
    assert not {material.code for material in found.materials if material.necessity == "deferrable"} & (always | added)


def test_an_empty_form_has_faults_and_an_item_without_form_none():
    found = item("food_business")
    assert {fault.code for fault in selectors.form_faults(found, {})} == {"required"}
    assert selectors.form_faults(catalogue_files.content.VersionContent(name="无表"), {"x": 1}) == []
