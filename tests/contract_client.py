"""Every answer of the API in any test is held against the contract: path, status, media type, headers, body.

`install` puts the check behind Django's test client, on which DRF's is built, so that no test can forget it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.http import HttpResponse
from django.test.client import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from mobile_api.v1.contract.generation import contract_path

PREFIX = "/api/v1/"
EVERYWHERE = frozenset({405})  # an answer about the method, which therefore has no operation


class ContractBrokenError(AssertionError):
    """An answer that the contract does not promise."""


@dataclass(frozen=True)
class Operation:
    """A method on a path, and what it may answer."""

    name: str
    responses: dict[str, Any]


class Contract:
    """The contract, compiled once: path patterns and schema validators."""

    def __init__(self, document: dict[str, Any]) -> None:
        document = _closed(document)
        resource = Resource(contents=document, specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource("urn:contract", resource)
        self._document = document
        paths = sorted(document["paths"], key=lambda path: (path.count("{"), path))
        self._paths = [(_pattern(path), path, document["paths"][path]) for path in paths]

    def operation(self, method: str, path: str) -> Operation | None:
        """The operation that serves a request; None when the contract has none."""
        for pattern, name, item in self._paths:
            if pattern.fullmatch(path):
                found = item.get("get" if method == "HEAD" else method.lower())
                return Operation(f"{method} {name}", found["responses"]) if found else None
        return None

    def check(self, method: str, path: str, response: HttpResponse) -> None:
        """Raises ContractBrokenError, with what to do."""
        operation = self.operation(method, path)
        if operation is None:
            if response.status_code not in {404, *EVERYWHERE}:
                raise ContractBrokenError(f"{method} {path} is not in the contract; run `make openapi` and commit it")
            self._check_body("problem", self._problem_content(), response)
            return
        if response.status_code in EVERYWHERE:
            return
        declared = operation.responses.get(str(response.status_code))
        if declared is None:
            raise ContractBrokenError(
                f"{operation.name} answered {response.status_code}, documented are {sorted(operation.responses)}; "
                f"the body was {response.content[:400]!r}"
            )
        declared = self._resolve(declared)
        for name, header in declared.get("headers", {}).items():
            if header.get("required") and name not in response:
                raise ContractBrokenError(f"{operation.name} {response.status_code} lacks the header {name}")
        if method != "HEAD":
            self._check_body(f"{operation.name} {response.status_code}", declared.get("content", {}), response)

    def _check_body(self, name: str, content: dict[str, Any], response: HttpResponse) -> None:
        body = b"" if response.streaming else response.content
        if not content:
            if body:
                raise ContractBrokenError(f"{name} has a body, documented is none: {body[:200]!r}")
            return
        media_type = response.get("Content-Type", "").partition(";")[0].strip()
        if media_type not in content and "*/*" not in content:
            raise ContractBrokenError(f"{name} came as {media_type!r}, documented are {sorted(content)}")
        if media_type.endswith("json"):
            self._check_json(name, json.dumps(content[media_type].get("schema", {}), sort_keys=True), json.loads(body))

    def _check_json(self, name: str, schema: str, document: Any) -> None:
        faults = [
            f"  /{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}"
            for fault in self._validator(schema).iter_errors(document)
        ]
        if faults:
            raise ContractBrokenError(f"{name} does not fit its schema:\n" + "\n".join(faults[:10]))

    @cache  # noqa: B019 - one contract a test run
    def _validator(self, schema: str) -> Draft202012Validator:
        anchored = json.loads(schema.replace('"#/', '"urn:contract#/'))
        return Draft202012Validator(anchored, registry=self._registry, format_checker=FormatChecker())

    def _resolve(self, declared: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in declared:
            return declared
        found: dict[str, Any] = self._document["components"]["responses"][declared["$ref"].rsplit("/", 1)[1]]
        return found

    def _problem_content(self) -> dict[str, Any]:
        content: dict[str, Any] = self._document["components"]["responses"]["NotFound"]["content"]
        return content


def _closed(part: Any) -> Any:
    """The document with every object of named fields closed: a field that is not documented is a leak (F34)."""
    if isinstance(part, list):
        return [_closed(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    closed = {name: _closed(inner) for name, inner in part.items()}
    if closed.get("type") == "object" and "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path)))


@cache
def contract() -> Contract:
    """The committed contract; tests/contracts/test_openapi.py proves that it is valid and what the views say."""
    return Contract(yaml.load(contract_path().read_bytes(), Loader=yaml.CSafeLoader))


def install() -> Callable[[], None]:
    """Check every answer under /api/v1/ from now on; the returned function ends that."""
    original = Client.request

    def request(self: Client, **request: Any) -> Any:
        response = original(self, **request)
        path = request.get("PATH_INFO", "")
        if path.startswith(PREFIX):
            contract().check(request.get("REQUEST_METHOD", "GET"), path, response)
        return response

    Client.request = request  # type: ignore[method-assign]

    def undo() -> None:
        Client.request = original  # type: ignore[method-assign]

    return undo
