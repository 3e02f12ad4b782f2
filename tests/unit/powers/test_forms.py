"""Application forms are checked on the server: wrong values point at their field, risky schemas are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.powers.rules import forms

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "title": "姓名", "minLength": 2, "maxLength": 10},
        "id_number": {"type": "string", "title": "公民身份号码", "maxLength": 18, "format": "id-card"},
        "code": {"type": "string", "title": "信用代码", "maxLength": 18, "format": "credit-code"},
        "phone": {"type": "string", "title": "手机", "maxLength": 11, "format": "cn-mobile"},
        "born": {"type": "string", "title": "出生日期", "maxLength": 10, "format": "date"},
        "cars": {
            "type": "array",
            "title": "车辆",
            "maxItems": 2,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["plate"],
                "properties": {"plate": {"type": "string", "title": "车牌", "maxLength": 8}},
            },
        },
        "agree": {"type": "boolean", "title": "承诺", "const": True},
    },
    "required": ["name", "agree"],
    "x-groups": [{"title": "全部", "fields": ["name", "id_number", "code", "phone", "born", "cars", "agree"]}],
}
GOOD = {"name": "张三丰", "id_number": "11010519491231002X", "code": "12441500196720244T", "agree": True}


def changed(**extra):
    return {**SCHEMA, **extra}


def test_the_schema_and_a_good_form_pass():
    assert forms.check_schema(SCHEMA) == []
    assert forms.check_form(SCHEMA, {**GOOD, "phone": "13800138000", "born": "1949-12-31"}) == []


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"name": "张"}, "/form/name", "minLength"),
        ({"name": 5}, "/form/name", "type"),
        ({"id_number": "110105194912310021"}, "/form/id_number", "format"),
        ({"code": "12441500196720244U"}, "/form/code", "format"),
        ({"phone": "12800138000"}, "/form/phone", "format"),
        ({"born": "1949-02-30"}, "/form/born", "format"),
        ({"cars": [{"plate": "苏N1"}, {}]}, "/form/cars/1/plate", "required"),
        ({"agree": False}, "/form/agree", "const"),
        ({"role": "admin"}, "/form/role", "unknown_field"),
        ({"a/b~c": 1}, "/form/a~1b~0c", "unknown_field"),
    ],
)
def test_a_wrong_value_points_at_its_field(change, pointer, code):
    faults = forms.check_form(SCHEMA, {**GOOD, **change})
    assert [(fault.pointer, fault.code) for fault in faults] == [(pointer, code)]
    for language in ("zh-hans", "en"):
        assert "{" not in faults[0].detail.render(language, **faults[0].params)


def test_a_missing_field_is_named_by_its_title():
    (fault,) = forms.check_form(SCHEMA, {"agree": True})
    assert fault.detail.render("zh-hans", **fault.params) == "请填写“姓名”"


def test_a_form_that_is_no_object_is_refused():
    assert [fault.pointer for fault in forms.check_form(SCHEMA, ["x"])] == ["/form"]


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ({"type": "nonsense"}, "schema_invalid"),
        (changed(additionalProperties=True), "schema_open"),
        (changed(**{"x-groups": []}), "order_incomplete"),
        (changed(properties={**SCHEMA["properties"], "name": {"type": "string", "maxLength": 5}}), "title_missing"),
        (changed(properties={**SCHEMA["properties"], "name": {"type": "string", "title": "名"}}), "unbounded"),
        (
            changed(properties={**SCHEMA["properties"], "name": {"title": "名", "$ref": "http://169.254.169.254/x"}}),
            "reference",
        ),
        (
            changed(
                properties={
                    **SCHEMA["properties"],
                    "name": {"type": "string", "title": "名", "maxLength": 50, "pattern": "^(a+)+$"},
                }
            ),
            "pattern_risky",
        ),
        (changed(required=["ghost"]), "unknown_field"),
    ],
)
def test_a_bad_schema_is_refused_with_its_reason(schema, code):
    assert code in {fault.code for fault in forms.check_schema(schema)}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
        max_leaves=10,
    )
)
def test_no_json_value_breaks_the_check_and_faults_point_inside_the_form(value):
    for fault in forms.check_form(SCHEMA, value):
        assert fault.pointer.startswith("/form")
        fault.detail.render("zh-hans", **fault.params)
        fault.detail.render("en", **fault.params)
