"""openapi/asyncapi.yaml as validators: what the socket sends is held against it wherever a test reads a frame."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

FILE = Path(__file__).resolve().parents[2] / "openapi" / "asyncapi.yaml"


@lru_cache
def document() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return found


@lru_cache
def validator(name: str) -> Draft202012Validator:
    """A validator of one schema of the file, its references resolved, formats checked."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
