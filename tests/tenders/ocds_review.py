"""The review tool of the standard's own helpdesk (lib-cove-ocds), fed with the schemas of tests/payloads: no network.

It says more than the schema: fields the standard does not know, fields without content, codes outside closed lists.
The closed lists are those of the schema; of open lists it is told nothing, so it says nothing of them. The two
extensions a package names would be fetched from their own site: they are left out, and only their fields are let pass.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

FOLDER = Path(__file__).resolve().parents[1] / "payloads" / "ocds"
COMPLAINTS = ("validation_errors", "deprecated_fields", "additional_closed_codelist_values")
VERSIONED = '"$ref": "https://standard.open-contracting.org/schema/1__1__5/versioned-release-validation-schema.json"'
"""Of versioned releases, which no record of ours holds."""
EXTENDED = frozenset({"lots", "relatedLots", "bids"})
"""Fields of the lots and the bids extension."""


def complaints(package: dict[str, Any]) -> list[str]:
    """What the review tool holds against a release or record package."""
    settings = LibCoveOCDSConfig({"context": "api", "standard_zip": _standard()})
    core = {**package, "extensions": []}
    found: dict[str, Any] = ocds_json_output(json_data=core, lib_cove_ocds_config=settings)
    assert found["version_used"] == "1.1"
    told = [f"{name}: {found[name]}" for name in COMPLAINTS if found[name]]
    told += [f"additional_fields: {one}" for one in found["additional_fields"] if not _is_extended(one)]
    told += [f"{name}: {places}" for name, places in found["additional_checks"].items() if places]
    return told + [f"{name}: {found[name]}" for name in ("conformance_errors", "json_deref_error") if found.get(name)]


def _is_extended(found: dict[str, Any]) -> bool:
    return bool(EXTENDED & {found["field"], *found["path"].split("/")})


@cache
def _standard() -> bytes:
    """The standard's archive as the tool would fetch it."""
    schema = json.loads((FOLDER / "release-schema.json").read_text())
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("standard/", "")
        for path in FOLDER.glob("*.json"):
            archive.writestr(f"standard/schema/{path.name}", path.read_text().replace(VERSIONED, '"type": "object"'))
        any_object = {"$schema": schema["$schema"]}
        archive.writestr("standard/schema/versioned-release-validation-schema.json", json.dumps(any_object))
        for name, codes in dict(_code_lists(schema)).items():
            archive.writestr(f"standard/schema/codelists/{name}", "\n".join(["Code", *codes]))
    return held.getvalue()


def _code_lists(node: Any) -> Iterator[tuple[str, list[str]]]:
    """The code lists a schema names, with the codes of those that are closed."""
    if isinstance(node, dict):
        if "codelist" in node:
            codes = node.get("enum") or node.get("items", {}).get("enum") or []
            yield node["codelist"], [code for code in codes if code]
        for value in node.values():
            yield from _code_lists(value)
    elif isinstance(node, list):
        for value in node:
            yield from _code_lists(value)
