"""A person's own account: real name, settings, number, devices (issue 2 section 4; F28, F33, F34)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from backend.accounts import selectors
from backend.accounts.models import Identity, User
from backend.journal.models import JournalLine
from sms.models import Message
from tests.api.auth.people import API, bearer, last_code, post, sign_in_by_code, sign_in_official
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db


def _me(client: Client, tokens: dict[str, Any]) -> Any:
    return client.get(f"{API}/me", headers=bearer(tokens))


def _patch(client: Client, tokens: dict[str, Any], body: dict[str, Any], **headers: str) -> Any:
    return client.patch(f"{API}/me", body, content_type="application/json", headers={**bearer(tokens), **headers})


def _numbers() -> list[str]:
    found = []
    for serial in range(1000):
        first = f"32132219900307{serial:03d}"
        total = sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(first))
        found.append(first + "10X98765432"[total % 11])
    return found


def test_the_real_name_raises_the_level_and_is_shown_masked(client: Client) -> None:
    number = next(n for n in _numbers() if n.endswith("X"))
    tokens = sign_in_by_code(client, make.mobile())
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    answer = post(client, "/me/identity", {"name": " 欧阳　修 ", "id_number": wide}, **bearer(tokens))
    assert answer.status_code == 200, answer.content
    body = _me(client, tokens).json()
    assert (body["real_name_level"], body["name"]) == (2, "欧阳 修")
    assert body["id_number"] == f"321***********{number[-4:]}"
    user = selectors.person_with_phone(User.objects.get(pk=body["id"]).phone or "")
    assert user is not None
    identity = selectors.identity_of(user)
    assert identity is not None
    assert identity.id_number == number
    line = JournalLine.objects.get(action="account.identity_given")
    assert number not in line.data
    assert "欧阳" not in line.data
    again = post(client, "/me/identity", {"name": "欧阳 修", "id_number": number.lower()}, **bearer(tokens))
    assert again.status_code == 200
    other = post(client, "/me/identity", {"name": "欧阳锋", "id_number": number}, **bearer(tokens))
    assert (other.status_code, other.json()["code"]) == (409, "identity_already_confirmed")


def test_a_number_that_is_taken_looks_like_a_wrong_one(client: Client) -> None:
    number = _numbers()[0]
    wrong = number[:-1] + str((int(number[-1], 16) + 1) % 10)
    first, second = sign_in_by_code(client, make.mobile()), sign_in_by_code(Client(), make.mobile())
    assert post(client, "/me/identity", {"name": "张三", "id_number": number}, **bearer(first)).status_code == 200
    taken = post(client, "/me/identity", {"name": "李四", "id_number": number}, **bearer(second))
    false = post(client, "/me/identity", {"name": "李四", "id_number": wrong}, **bearer(second))
    bodies = [{**answer.json(), "request_id": ""} for answer in (taken, false)]
    assert (taken.status_code, bodies[0]) == (422, bodies[1])
    assert Identity.objects.count() == 1


def test_five_tries_a_day(client: Client) -> None:
    tokens = sign_in_by_code(client, make.mobile())
    answers = [
        post(client, "/me/identity", {"name": "张三", "id_number": "321322199003070000"}, **bearer(tokens))
        for _ in range(6)
    ]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert 86_000 < int(answers[-1]["Retry-After"]) <= 86_401


def test_settings_change_by_version(client: Client) -> None:
    tokens = sign_in_by_code(client, make.mobile())
    etag = _me(client, tokens)["ETag"]
    assert _patch(client, tokens, {"language": "en"}).status_code == 428
    changed = _patch(client, tokens, {"language": "en", "preferences": {"elder_mode": True}}, **{"If-Match": etag})
    assert (changed.status_code, changed.json()["language"]) == (200, "en")
    assert changed["ETag"] != etag
    assert _patch(client, tokens, {"language": "zh-Hans"}, **{"If-Match": etag}).status_code == 412
    body = _me(client, tokens).json()
    assert (body["language"], body["preferences"]) == ("en", {"elder_mode": True})
    assert selectors.preferred_language(body["id"]) == "en"


@pytest.mark.parametrize("field", ["id", "role", "is_staff", "capacities", "real_name_level", "version", "phone"])
def test_nothing_else_can_be_written(client: Client, field: str) -> None:
    tokens = sign_in_by_code(client, make.mobile())
    before = User.objects.values().get()
    answer = _patch(client, tokens, {"language": "en", field: "x"}, **{"If-Match": _me(client, tokens)["ETag"]})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"/{field}")
    assert User.objects.values().get() == before


def test_devices_are_listed_and_signed_out(client: Client) -> None:
    phone = make.mobile()
    make.official(username="shenpi", phone=phone)
    here, other = sign_in_official(client, "shenpi"), sign_in_by_code(Client(), phone)
    foreign = sign_in_by_code(Client(), make.mobile())
    listed = client.get(f"{API}/me/sessions", headers=bearer(here)).json()["items"]
    assert {row["id"]: row["current"] for row in listed} == {here["session_id"]: True, other["session_id"]: False}
    path = f"{API}/me/sessions/"
    assert client.delete(path + foreign["session_id"], headers=bearer(here)).status_code == 404
    assert _me(client, foreign).status_code == 200
    assert client.delete(path + other["session_id"], headers=bearer(here)).status_code == 204
    assert _me(client, other).status_code == 401
    assert client.delete(path + other["session_id"], headers=bearer(here)).status_code == 404


def test_moving_to_another_number_needs_its_code_and_ends_other_sessions(
    client: Client, travel: Callable[..., None]
) -> None:
    old, new, taken = make.mobile(), make.mobile(), make.mobile()
    make.citizen(phone=taken)
    other = sign_in_by_code(Client(), old)
    travel(seconds=61)
    tokens = sign_in_by_code(client, old)
    post(client, "/auth/otp", {"phone": taken})
    refused = post(client, "/me/phone", {"phone": taken, "code": last_code()}, **bearer(tokens))
    assert (refused.status_code, refused.json()["code"]) == (409, "phone_not_usable")
    post(client, "/auth/otp", {"phone": new})
    code = last_code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert post(client, "/me/phone", {"phone": new, "code": wrong}, **bearer(tokens)).status_code == 401
    moved = post(client, "/me/phone", {"phone": new, "code": code}, **bearer(tokens))
    assert moved.status_code == 200
    assert moved.json()["phone"] == re.sub(r"^\+86(\d{3})\d{4}(\d{4})$", r"\1****\2", new)
    assert (_me(client, tokens).status_code, _me(client, other).status_code) == (200, 401)
    assert selectors.person_with_phone(old) is None
    told = Message.objects.get(template_version__template__code="security")
    assert told.to_number == old
    assert moved.json()["phone"] in told.text


def test_a_changed_password_ends_the_other_sessions(client: Client) -> None:
    make.official(username="shenpi")
    here, other = sign_in_official(client, "shenpi"), sign_in_official(Client(), "shenpi", steps=1)
    body = {"password": make.PASSWORD, "new_password": "Quite-Another-2026"}
    wrong = post(client, "/auth/password", {**body, "password": "x"}, **bearer(here))
    assert (wrong.status_code, wrong.json()["code"]) == (401, "sign_in_failed")
    assert post(client, "/auth/password", body, **bearer(here)).status_code == 204
    assert (_me(client, here).status_code, _me(client, other).status_code) == (200, 401)
    repeated = {"password": body["new_password"], "new_password": make.PASSWORD}
    assert post(client, "/auth/password", repeated, **bearer(here)).json()["code"] == "password_refused"
