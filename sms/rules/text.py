"""Length, parts and wording of a text (domain.md 9.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stdnum.cn import ric

from kernel.errors import DomainError
from sms.types import SmsError, TemplateParam

SINGLE_UNITS = 70
JOINED_UNITS = 67
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BLANKS = re.compile(r"\s+")
_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9Xx])")
_LINK = re.compile(r"(?i)https?://|www\.")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def units(text: str) -> int:
    """Length as carriers count it: UTF-16 code units, so a Han character is 1 and most emoji are 2."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str) -> int:
    """How many texts are billed: up to 70 units one, else one per 67 begun (six bytes of 140 join the parts)."""
    length = units(text)
    return 1 if length <= SINGLE_UNITS else -(-length // JOINED_UNITS)


def places(text: str) -> frozenset[str]:
    """Names of the `{places}` in a template text."""
    return frozenset(_PLACE.findall(text))


def check_template(signature: str, text: str, params: Sequence[TemplateParam]) -> None:
    """Raise ValueError unless signature (2–20 signs), text and declared parameters fit each other.

    The signature's 【】 is set by `render`; a second pair is not allowed by carriers.
    """
    if not 2 <= len(signature) <= 20 or re.search(r"[【】\s{}]", signature):
        raise ValueError("the signature needs 2 to 20 signs without brackets and blanks")
    if re.search(r"[【】]", text):
        raise ValueError("the text must not contain 【】: the signature is set before it")
    declared = [param.name for param in params]
    if len(declared) != len(set(declared)) or places(text) != set(declared):
        raise ValueError("declared parameters and the places of the text differ")
    if re.search(r"[{}]", _PLACE.sub("", text)):
        raise ValueError("a brace that is not a place")
    if any(param.max_length < 1 for param in params):
        raise ValueError("a parameter needs a maximum length of at least 1")


def render(signature: str, text: str, params: Sequence[TemplateParam], values: Mapping[str, str]) -> str:
    """Fill a template: `【signature】text`, with exactly the declared values.

    Raises DomainError `sms_template_params` for missing, unknown, empty or over-long values and for what must not stand
    in a text: identity numbers, links, control signs (Personal Information Protection Law, Art. 6: least data).
    """
    _check_names(params, values)
    filled = {param.name: _value(param, values[param.name]) for param in params}
    return f"【{signature}】" + _PLACE.sub(lambda place: filled[place.group(1)], text)


def _check_names(params: Sequence[TemplateParam], values: Mapping[str, str]) -> None:
    declared, given = {param.name for param in params}, set(values)
    if declared != given:
        missing, unknown = sorted(declared - given), sorted(given - declared)
        raise _fault(f"missing {', '.join(missing) or '-'}; unknown {', '.join(unknown) or '-'}")


def _value(param: TemplateParam, value: str) -> str:
    text = _BLANKS.sub(" ", value).strip().replace("【", "〔").replace("】", "〕")
    if not text:
        raise _fault(f"{param.name} is empty")
    if _CONTROL.search(text) or _LINK.search(text) or _has_id_number(text):
        raise _fault(f"{param.name} holds a control sign, a link or an identity number")
    if units(text) <= param.max_length:
        return text
    if not param.shorten:
        raise _fault(f"{param.name} is longer than {param.max_length}")
    return shorten(text, param.max_length)


def shorten(text: str, limit: int) -> str:
    """Cut to at most `limit` UTF-16 units, with … in place of the rest; never through the middle of a sign."""
    while units(text) > limit - 1:
        text = text[:-1]
    return text + "…"


def _has_id_number(text: str) -> bool:
    return any(ric.is_valid(found) for found in _ID_NUMBER.findall(text))


def _fault(what: str) -> DomainError:
    return DomainError(SmsError.TEMPLATE_PARAMS, fault=what)
