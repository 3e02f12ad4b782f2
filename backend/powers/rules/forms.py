"""Application forms: a JSON Schema (draft 2020-12) per version, checked when it is written and on every submit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError

from backend.powers.rules.codes import is_citizen_number, is_credit_code
from kernel.errors import FieldError, Text

MAX_FIELDS = 120
MAX_DEPTH = 6
MAX_PATTERN = 200
MOBILE = re.compile(r"^1[3-9]\d{9}$")
NESTED_REPEAT = re.compile(r"[+*}]\)?[+*{]|\([^()]*[+*][^()]*\)[+*{]")
FORBIDDEN_KEYWORDS = frozenset({"$ref", "$dynamicRef", "$id", "$anchor", "$dynamicAnchor"})

FORMATS = FormatChecker(formats=("date", "email"))


@FORMATS.checks("id-card")
def _is_id_card(value: object) -> bool:
    return not isinstance(value, str) or is_citizen_number(value.upper())


@FORMATS.checks("credit-code")
def _is_credit_code(value: object) -> bool:
    return not isinstance(value, str) or is_credit_code(value)


@FORMATS.checks("cn-mobile")
def _is_mobile(value: object) -> bool:
    return not isinstance(value, str) or MOBILE.match(value) is not None


_FORMAT_TEXTS = {
    "id-card": Text("请填写正确的18位公民身份号码", "Enter a valid 18-character identity number"),
    "credit-code": Text("请填写正确的18位统一社会信用代码", "Enter a valid 18-character unified social credit code"),
    "cn-mobile": Text("请填写11位手机号码", "Enter an 11-digit mobile number"),
    "date": Text("请按“年-月-日”填写，如 2026-03-01", "Enter a date such as 2026-03-01"),
    "email": Text("请填写正确的电子邮箱", "Enter a valid e-mail address"),
}
_KEYWORD_TEXTS: Mapping[str, Text] = {
    "additionalProperties": Text("表单中没有这一项", "The form has no such field"),
    "type": Text("填写的内容类型不对", "This is not the right kind of value"),
    "enum": Text("请从所列选项中选择", "Choose one of the options"),
    "const": Text("此项须予确认", "This must be confirmed"),
    "minLength": Text("至少填写{limit}个字", "Enter at least {limit} characters"),
    "maxLength": Text("最多填写{limit}个字", "Enter at most {limit} characters"),
    "minimum": Text("不能小于{limit}", "Must not be less than {limit}"),
    "maximum": Text("不能大于{limit}", "Must not be greater than {limit}"),
    "exclusiveMinimum": Text("应大于{limit}", "Must be greater than {limit}"),
    "minItems": Text("至少填写{limit}项", "Give at least {limit} entries"),
    "maxItems": Text("最多填写{limit}项", "Give at most {limit} entries"),
    "uniqueItems": Text("不能有重复项", "Entries must differ"),
    "pattern": Text("格式不对，请按说明填写", "Wrong format, see the explanation beside the field"),
}
_REQUIRED = Text("请填写“{title}”", "Fill in {title}")
_OTHER = Text("填写的内容不符合要求", "This does not meet the requirements")


def check_form(schema: Mapping[str, Any], form: Any, *, pointer: str = "/form") -> list[FieldError]:
    """Faults of a filled-in form, in the order of the form; empty when it may be submitted.

    `pointer` is put before each JSON pointer. The texts say what to do, in both languages.
    """
    validator = Draft202012Validator(dict(schema), format_checker=FORMATS)
    faults = (fault for error in validator.iter_errors(form) for fault in _faults_of(error, pointer))
    unique = {(fault.pointer, fault.code): fault for fault in faults}
    order = {name: place for place, name in enumerate(schema.get("properties", {}))}
    return sorted(unique.values(), key=lambda fault: (order.get(_field_of(fault.pointer, pointer), 999), fault.pointer))


def matches(schema: Mapping[str, Any], form: Any) -> bool:
    """Whether a form meets a schema; used for `MaterialInfo.required_when`."""
    return bool(Draft202012Validator(dict(schema), format_checker=FORMATS).is_valid(form))


def check_schema(schema: Mapping[str, Any], *, pointer: str = "/form_schema") -> list[FieldError]:
    """Faults of a form schema: it must be valid, closed, bounded, titled, without references, and ordered for display.

    References are refused so that no schema can reach for another document; nested repetition in patterns is refused
    so that no answer can hang the server.
    """
    try:
        Draft202012Validator.check_schema(dict(schema))
    except SchemaError as error:
        return [_schema_fault(pointer, "schema_invalid", f"不是有效的 JSON Schema：{error.message}", error.message)]
    faults = [fault for rule in _SCHEMA_RULES for fault in rule(schema, pointer)]
    return faults or list(_check_nodes(schema, pointer, 0))


def _faults_of(error: ValidationError, pointer: str) -> list[FieldError]:
    path = pointer + "".join(f"/{_escape(str(part))}" for part in error.absolute_path)
    keyword = str(error.validator)
    schema: Any = error.schema
    known = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
    given: Any = error.instance
    limit: Any = error.validator_value
    if keyword == "required":
        return [_missing(name, known, path) for name in limit if name not in given]
    if keyword == "additionalProperties":
        unknown = [name for name in given if name not in known]
        return [FieldError(f"{path}/{_escape(name)}", "unknown_field", _KEYWORD_TEXTS[keyword]) for name in unknown]
    if keyword in {"if", "then", "allOf", "anyOf", "oneOf"} and error.context:
        return [fault for inner in error.context for fault in _faults_of(inner, pointer)]
    if keyword == "format":
        return [FieldError(path, "format", _FORMAT_TEXTS.get(str(limit), _OTHER))]
    text = _KEYWORD_TEXTS.get(keyword, _OTHER)
    return [FieldError(path, keyword, text, {"limit": limit})]


def _missing(name: str, known: Mapping[str, Any], path: str) -> FieldError:
    title = known.get(name, {}).get("title", name)
    return FieldError(f"{path}/{_escape(name)}", "required", _REQUIRED, {"title": title})


def _field_of(path: str, pointer: str) -> str:
    return path.removeprefix(pointer).strip("/").split("/")[0].replace("~1", "/").replace("~0", "~")


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _schema_fault(pointer: str, code: str, zh: str, en: str) -> FieldError:
    return FieldError(pointer, code, Text(zh, en))


def _check_root(schema: Mapping[str, Any], pointer: str) -> Iterator[FieldError]:
    if schema.get("type") != "object" or schema.get("additionalProperties") is not False:
        yield _schema_fault(
            pointer,
            "schema_open",
            "表单必须是 object，并设 additionalProperties 为 false",
            "A form is an object with additionalProperties false",
        )
    if len(schema.get("properties", {})) > MAX_FIELDS:
        yield _schema_fault(pointer, "too_many_fields", f"字段超过{MAX_FIELDS}个", f"More than {MAX_FIELDS} fields")


def _check_order(schema: Mapping[str, Any], pointer: str) -> Iterator[FieldError]:
    groups = schema.get("x-groups", [])
    shown = [name for group in groups for name in group.get("fields", [])]
    known = list(schema.get("properties", {}))
    if sorted(shown) != sorted(known):
        yield _schema_fault(
            f"{pointer}/x-groups",
            "order_incomplete",
            "分组必须把每个字段恰好列出一次",
            "The groups must list each field exactly once",
        )
    for name in schema.get("required", []):
        if name not in known:
            yield _schema_fault(f"{pointer}/required", "unknown_field", f"没有字段 {name}", f"No field {name}")


_SCHEMA_RULES: tuple[Callable[[Mapping[str, Any], str], Iterator[FieldError]], ...] = (_check_root, _check_order)


def _check_nodes(node: Any, pointer: str, depth: int) -> Iterator[FieldError]:
    if depth > MAX_DEPTH:
        yield _schema_fault(pointer, "too_deep", "嵌套过深", "Nested too deeply")
        return
    for name, child in node.get("properties", {}).items():
        path = f"{pointer}/properties/{_escape(name)}"
        yield from _check_field(child, path)
        yield from _check_nodes(child, path, depth + 1)
    if isinstance(node.get("items"), Mapping):
        yield from _check_field(node["items"], f"{pointer}/items", needs_title=False)
        yield from _check_nodes(node["items"], f"{pointer}/items", depth + 1)
    for keyword in sorted(FORBIDDEN_KEYWORDS & set(node)):
        yield _schema_fault(pointer, "reference", f"不允许使用 {keyword}", f"{keyword} is not allowed")


def _check_field(field: Mapping[str, Any], pointer: str, *, needs_title: bool = True) -> Iterator[FieldError]:
    if needs_title and not field.get("title"):
        yield _schema_fault(pointer, "title_missing", "字段缺少中文名称 title", "The field has no title")
    unbounded = {"string": "maxLength", "array": "maxItems"}.get(str(field.get("type")))
    if unbounded and not ({unbounded, "enum", "const"} & set(field)):
        yield _schema_fault(pointer, "unbounded", f"请设置 {unbounded}", f"Set {unbounded}")
    pattern = field.get("pattern", "")
    if len(pattern) > MAX_PATTERN or NESTED_REPEAT.search(pattern):
        yield _schema_fault(pointer, "pattern_risky", "正则过长或含嵌套重复", "Pattern too long or with nested repeats")
