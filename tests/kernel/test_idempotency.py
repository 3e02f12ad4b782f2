"""Same Idempotency-Key: one effect and one answer, byte for byte, even when twins arrive together (F03, F22)."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from kernel.errors import CommonError, DomainError
from kernel.ids import take_number
from mobile_api.platform.views import ApiView, idempotent


class Maker(ApiView):
    """Creates one numbered thing a call; refuses on demand."""

    public = True

    @idempotent(required=True)
    def post(self, request: Any) -> Response:
        number = take_number("probe", "x")
        if request.data.get("refuse"):
            raise DomainError(CommonError.CONFLICT)
        if request.data.get("crash"):
            raise RuntimeError("boom")
        return Response({"number": number}, status=201, headers={"Location": f"/{number}"})


VIEW = Maker.as_view()
FACTORY = APIRequestFactory()


def _post(body: dict[str, Any], key: str | None = "k-00000001", path: str = "/things") -> HttpResponse:
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key is not None else {}
    response: HttpResponse = VIEW(FACTORY.post(path, body, format="json", **headers))
    if hasattr(response, "render"):
        response.render()
    return response


@pytest.mark.django_db
def test_repeats_the_first_answer() -> None:
    first, second = _post({"a": 1}), _post({"a": 1})
    assert first.status_code == second.status_code == 201
    assert first.content == second.content == b'{"number":1}'
    assert second["Location"] == "/1"
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"


@pytest.mark.django_db
def test_quoted_key_is_the_same_key() -> None:
    assert _post({}, '"k-00000001"').content == _post({}, "k-00000001").content


@pytest.mark.django_db
def test_other_content_other_route_no_key_bad_key() -> None:
    _post({"a": 1})
    assert _post({"a": 2}).status_code == 422
    assert b"idempotency_key_reused" in _post({"a": 2}).content
    assert _post({"a": 2}, path="/others").content == b'{"number":2}'
    assert _post({}, None).status_code == 400
    for bad in ("short", "x" * 201, "with space here", "k-\x01-000000"):
        assert _post({}, bad).status_code == 400


@pytest.mark.django_db
def test_refusals_repeat_and_crashes_do_not() -> None:
    assert _post({"refuse": True}, "refused-key").status_code == 409
    again = _post({"refuse": True}, "refused-key")
    assert (again.status_code, again["Idempotent-Replayed"]) == (409, "true")
    assert _post({"crash": True}, "crashed-key").status_code == 500
    assert "Idempotent-Replayed" not in _post({"crash": True}, "crashed-key")
    assert _post({"a": 1}).content == b'{"number":1}'


@pytest.mark.django_db
def test_a_day_later_the_key_is_free(travel: Any) -> None:
    _post({"a": 1})
    travel(hours=23)
    assert _post({"a": 1})["Idempotent-Replayed"] == "true"
    travel(hours=2)
    assert _post({"a": 1}).content == b'{"number":2}'


@pytest.mark.django_db(transaction=True)
def test_a_hundred_twins_make_one_thing() -> None:
    answers: list[bytes] = []

    def call() -> None:
        answers.append(_post({"a": 1}).content)
        connection.close()

    for _ in range(20):
        threads = [threading.Thread(target=call) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(answers) == {b'{"number":1}'}
    assert len(answers) == 100
