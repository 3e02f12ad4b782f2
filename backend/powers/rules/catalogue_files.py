"""The item files of data/items: a document in, the content of a version out. `{"use": name}` takes a shared entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.powers.rules import content
from backend.powers.types import VersionContent

SHARED_LISTS = ("legal_bases", "steps", "materials")
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def expand(document: Mapping[str, Any], common: Mapping[str, Any], *, organisation: str) -> VersionContent:
    """Build a version's content for one organisation from an item file and the shared entries.

    Values of the file win over `common["content"]`; `{organisation}` in a text becomes the organisation's name.
    Raises KeyError for an unknown shared entry, TypeError for an unknown field.
    """
    values: dict[str, Any] = {**common["content"], **document["content"]}
    groups = values.pop("form", None)
    for name in SHARED_LISTS:
        values[name] = [_resolve(entry, common[name]) for entry in values.get(name, [])]
    if groups:
        values["form_schema"] = form_schema(values["name"], groups, common["fields"])
    for name in ("place", "hours"):
        values[name] = values[name].replace("{organisation}", organisation)
    return content.from_document(values)


def form_schema(title: str, groups: list[dict[str, Any]], shared: Mapping[str, Any]) -> dict[str, Any]:
    """A closed JSON Schema of a form from its groups of fields; every field not marked `optional` is required."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for group in groups:
        for name, entry in group["fields"].items():
            field = _resolve(entry, shared)
            if not field.pop("optional", False):
                required.append(name)
            properties[name] = field
    return {
        "$schema": SCHEMA_DIALECT,
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
        "x-groups": [{"title": group["title"], "fields": list(group["fields"])} for group in groups],
    }


def _resolve(entry: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """The shared entry with this entry's values on top; an empty string takes a shared value away."""
    merged = {**shared[entry["use"]], **entry} if "use" in entry else dict(entry)
    return {name: value for name, value in merged.items() if name != "use" and value != ""}
