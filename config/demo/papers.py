"""What the demo citizen brings along: form answers that fit an item's schema, and pictures of documents."""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from stdnum.cn import ric

ANSWERS: Mapping[str, Any] = {
    "name": "王小明",
    "applicant_name": "王小明",
    "email": "xiaoming@example.cn",
    "address": "宿城区幸福街道青年路88号",
    "birth_date": "1990-03-07",
}
_FONT = Path(__file__).parents[2] / "backend/documents/fonts/NotoSerifSC-Regular.ttf"
_TEXTS = "宿迁市实验小学在岗教师申请认定"


@lru_cache(maxsize=1)
def person() -> dict[str, str]:
    """A name and an ID number with a right check digit, another one each time the play runs."""
    body = f"321302199003{secrets.randbelow(28) + 1:02}{secrets.randbelow(1000):03}"
    return {"name": "王小明", "id_number": body + ric.calc_check_digit(body + "0")}


def applicant() -> dict[str, str]:
    """Who applies: the citizen himself."""
    return {"kind": "person"}


def form_for(schema: Mapping[str, Any], number: str = "") -> dict[str, Any]:
    """Answers to the required questions of a form: known facts of the demo citizen, else the plainest valid value."""
    known = {**ANSWERS, "id_number": person()["id_number"], "phone": number[-11:], "mobile": number[-11:]}
    properties: Mapping[str, Any] = schema.get("properties", {})
    return {name: known.get(name) or _plainest(properties[name]) for name in schema.get("required", [])}


def _plainest(question: Mapping[str, Any]) -> Any:
    for given in ("const", "default"):
        if given in question:
            return question[given]
    for listed in ("examples", "enum"):
        if question.get(listed):
            return question[listed][0]
    if "oneOf" in question:
        return question["oneOf"][0].get("const")
    return _by_type(question)


def _by_type(question: Mapping[str, Any]) -> Any:
    kind = question.get("type", "string")
    if kind == "object":
        return form_for(question)
    if kind == "array":
        return [_plainest(question["items"]) for _ in range(question.get("minItems", 0))]
    if kind in {"integer", "number"}:
        return question.get("minimum", 1)
    if kind == "boolean":
        return True
    if question.get("format") == "date":
        return "2026-06-30"
    return _TEXTS[: question.get("maxLength", 8)].ljust(question.get("minLength", 0), "一")


def photographed(title: str, accepts: Sequence[str]) -> tuple[str, bytes, str]:
    """A document as a phone would photograph it: (file name, bytes, media type) of a type the item accepts."""
    media_type = next((kind for kind in accepts if kind in _FORMATS), "image/jpeg")
    buffer = io.BytesIO()
    _sheet(title).save(buffer, format=_FORMATS[media_type])
    return f"{title[:20]}.{_FORMATS[media_type].lower()}", buffer.getvalue(), media_type


def _sheet(title: str) -> Image.Image:
    picture = Image.new("RGB", (1240, 1754), "#fbfaf6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 60, 1180, 1694), outline="#c8102e", width=6)
    large, plain = (ImageFont.truetype(_FONT, size) for size in (72, 46))
    draw.text((620, 300), title[:14], fill="#1a1f29", font=large, anchor="mm")
    for place, words in enumerate(_LINES):
        draw.text((180, 520 + 150 * place), words, fill="#3a4252", font=plain)
    draw.ellipse((800, 1180, 1080, 1460), outline="#c8102e", width=10)
    draw.text((940, 1320), "演示", fill="#c8102e", font=large, anchor="mm")
    return picture


_LINES = ("持有人　王小明", "发放机关　宿迁市（演示）", "日期　2026年9月1日", "本件为演示材料，不作证明使用")
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "application/pdf": "PDF"}
