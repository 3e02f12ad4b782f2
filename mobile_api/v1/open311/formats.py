"""JSON and XML of GeoReport v2."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_ROWS = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}


def answer(data: Any, fmt: str, root: str, *, status: int = 200) -> HttpResponse:
    """Data in the format asked for; `root` names the outermost element in XML."""
    body = json.dumps(data, ensure_ascii=False).encode() if fmt == "json" else _xml(data, root)
    response = HttpResponse(body, status=status, content_type=TYPES[fmt])
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _xml(data: Any, root: str) -> bytes:
    element = Element(root)
    _fill(element, data)
    text: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
    return text


def _fill(element: Element, data: Any) -> None:
    if isinstance(data, Mapping):
        for name, value in data.items():
            _fill(SubElement(element, name), value)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for value in data:
            _fill(SubElement(element, _ROWS[element.tag]), value)
    elif data is not None:
        element.text = _clean(str(data).lower() if isinstance(data, bool) else str(data))


def _clean(text: str) -> str:
    """Signs that XML does not know go."""
    return "".join(sign for sign in text if sign in "\t\n\r" or ord(sign) >= 0x20)
