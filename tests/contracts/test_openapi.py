"""The contract cannot lie: drawn from the code it equals the committed one, and answers are held against it (F40)."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
import yaml
from django.http import HttpResponse
from django.test import Client
from openapi_spec_validator import validate

from mobile_api.v1.contract.generation import contract_path, generate
from tests.contract_client import Contract, ContractBrokenError, contract

WITHOUT_CHANGE = "openapi/openapi.yaml differs from the views: run `make openapi`, look at the change, commit it"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(contract_path().read_bytes(), Loader=yaml.CSafeLoader)
    return loaded


def test_the_committed_contract_is_what_the_views_say() -> None:
    committed, drawn = contract_path().read_text(), generate()
    difference = list(difflib.unified_diff(committed.splitlines(), drawn.splitlines(), "committed", "views", n=1))
    assert not difference, WITHOUT_CHANGE + "\n" + "\n".join(difference[:60])


def test_drawing_it_twice_gives_the_same() -> None:
    assert generate() == generate()


def test_it_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)


def test_every_operation_names_itself_its_auth_and_its_problems(document: dict[str, Any]) -> None:
    seen: set[str] = set()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            where = f"{method.upper()} {path}"
            assert operation["operationId"] not in seen, where
            seen.add(operation["operationId"])
            assert operation.get("summary"), f"{where} has no summary"
            assert {"400", "401", "429"} <= set(operation["responses"]), where
            assert operation.get("security", [{"bearer": []}]) == [{"bearer": []}], where


def test_every_problem_answer_is_a_problem_document(document: dict[str, Any]) -> None:
    shared = document["components"]["responses"]
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for status, response in operation["responses"].items():
                if status.startswith(("4", "5")):
                    found = shared[response["$ref"].rsplit("/", 1)[1]] if "$ref" in response else response
                    assert set(found["content"]) == {"application/problem+json"}, f"{method} {path} {status}"


def test_it_is_served_to_everybody_as_committed(client: Client) -> None:
    response = client.get("/api/v1/openapi.yaml")
    assert response.status_code == 200
    assert response.content == contract_path().read_bytes()
    again = client.get("/api/v1/openapi.yaml", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


# -- the guard itself can fail


@pytest.fixture
def small() -> Contract:
    row = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "uuid"}}}
    answers = {
        "200": {"description": "x", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Row"}}},
                "headers": {"ETag": {"required": True, "schema": {"type": "string"}}}},
        "204": {"description": "x"},
    }  # fmt: skip
    parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return Contract(
        {
            "openapi": "3.1.0",
            "info": {"title": "x", "version": "1"},
            "paths": {"/api/v1/rows/{id}": {"parameters": [parameter], "get": {"responses": answers}}},
            "components": {"schemas": {"Row": row}, "responses": {"NotFound": {"description": "x", "content": {}}}},
        }
    )


def answer(body: bytes, *, status: int = 200, media_type: str = "application/json", tag: str | None = '"1"') -> Any:
    return HttpResponse(body, status=status, content_type=media_type, headers={"ETag": tag} if tag else {})


GOOD = b'{"id": "019ab3a5-7a2f-7000-8000-000000000001"}'


def test_the_guard_lets_a_promised_answer_pass(small: Contract) -> None:
    small.check("GET", "/api/v1/rows/1", answer(GOOD))
    small.check("GET", "/api/v1/rows/1", HttpResponse(status=204))


@pytest.mark.parametrize(
    ("path", "response"),
    [
        ("/api/v1/rows/1", answer(b'{"id": 1}')),
        ("/api/v1/rows/1", answer(b'{"id": "no uuid"}')),
        ("/api/v1/rows/1", answer(b"{}")),
        ("/api/v1/rows/1", answer(GOOD[:-1] + b', "phone": "+8613800138000"}')),
        ("/api/v1/rows/1", answer(GOOD, tag=None)),
        ("/api/v1/rows/1", answer(GOOD, status=201)),
        ("/api/v1/rows/1", answer(GOOD, media_type="text/html")),
        ("/api/v1/rows/1", answer(b"x", status=204)),
        ("/api/v1/others/1", answer(GOOD)),
    ],
)
def test_the_guard_stops_what_was_not_promised(small: Contract, path: str, response: HttpResponse) -> None:
    with pytest.raises(ContractBrokenError):
        small.check("GET", path, response)


def test_the_guard_stands_behind_every_test_client(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.contract_client.contract", small_without_paths)
    with pytest.raises(ContractBrokenError):
        client.get("/api/v1/openapi.yaml")
    assert contract() is not None


def small_without_paths() -> Contract:
    return Contract({"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}, "components": {}})
