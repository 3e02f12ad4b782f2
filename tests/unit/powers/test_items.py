"""The items people know are complete, obey the cross-field checks and cite the law with its articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend.powers import rules
from backend.powers.rules import catalogue_files, codes, content, forms

DATA = Path(rules.__file__).parent.parent / "data"
COMMON = json.loads((DATA / "common.json").read_text(encoding="utf-8"))
FILES = sorted((DATA / "items").glob("*.json"))
DOCUMENTS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FILES}
BASIS_REQUIRED = {"licence"}


def item(key: str):
    return catalogue_files.expand(DOCUMENTS[key], COMMON, organisation="市教育局")


def test_there_are_a_dozen_and_their_keys_and_serials_are_unique():
    assert len(DOCUMENTS) >= 12
    assert all(document["key"] == key for key, document in DOCUMENTS.items())
    serials = [document["serial"] for document in DOCUMENTS.values()]
    assert len(set(serials)) == len(serials)


@pytest.mark.parametrize("key", DOCUMENTS)
def test_an_item_obeys_every_check(key):
    document = DOCUMENTS[key]
    faults = content.check_content(item(key), basis_required=document["type"] in BASIS_REQUIRED, applied_for=True)
    assert [(fault.pointer, fault.code, fault.detail.zh) for fault in faults] == []


@pytest.mark.parametrize("key", DOCUMENTS)
def test_an_item_is_filled_in_full(key):
    found = item(key)
    assert 4 <= len(found.materials) <= 8
    assert len(found.legal_bases) >= 3
    assert all(basis.law and basis.article and basis.summary for basis in found.legal_bases)
    assert len(found.conditions) >= 2
    assert len(found.faqs) >= 2
    assert found.name_en
    assert found.remedy_text
    assert found.result_name
    assert found.is_online
    assert found.themes
    assert "{organisation}" not in found.place
    assert {"accept", "decide"} <= {step.code for step in found.steps}
    assert len(found.form_schema["properties"]) >= 8


@pytest.mark.parametrize("key", DOCUMENTS)
def test_conditions_of_materials_name_fields_of_the_form(key):
    found = item(key)
    for material in found.materials:
        for name in material.required_when.get("required", []):
            assert name in found.form_schema["properties"], (material.code, name)
            choice = material.required_when["properties"][name]
            wanted = choice.get("enum", [choice.get("const")])
            field = found.form_schema["properties"][name]
            assert set(wanted) <= set(field.get("enum", [True])), (material.code, name)


@pytest.mark.parametrize("key", DOCUMENTS)
def test_an_empty_form_is_told_every_required_field_in_chinese(key):
    schema = item(key).form_schema
    faults = forms.check_form(schema, {})
    assert [fault.pointer for fault in faults] == [f"/form/{name}" for name in schema["required"]]
    assert all(fault.detail.render("zh-hans", **fault.params).startswith("请填写") for fault in faults)


@pytest.mark.parametrize("key", DOCUMENTS)
def test_every_choice_has_a_chinese_label(key):
    for name, field in item(key).form_schema["properties"].items():
        choices = field.get("items", field)
        assert len(choices.get("enum", [])) == len(choices.get("x-labels", [])), name


def test_one_item_is_done_on_the_spot_and_one_takes_money():
    assert item("self_employed_registration").project_type == "immediate"
    assert item("road_occupation").is_fee


def test_the_document_survives_a_round_trip():
    found = item("teacher_qualification")
    assert content.from_document(json.loads(json.dumps(content.to_document(found)))) == found


def test_local_codes_made_from_the_files_are_of_the_local_form():
    for document in DOCUMENTS.values():
        code = f"JS321300{document['department']}-XK-{document['serial']}"
        assert codes.parse_item_code(code).kind is codes.CodeKind.LOCAL
