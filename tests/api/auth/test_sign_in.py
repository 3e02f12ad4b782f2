"""People sign in by code, officials by two factors; browsers keep the refresh token in a cookie (api.md, F28, F32)."""

from __future__ import annotations

import pyotp
import pytest
from django.conf import settings
from django.test import Client

from backend.accounts import selectors
from backend.accounts.types import Role
from backend.journal.models import JournalLine
from kernel import clock
from tests.api.auth.people import API, bearer, last_code, post, sign_in_by_code, sign_in_official, totp
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db
ORIGIN = "https://gov.test.example"


def test_a_new_number_signs_in_and_sees_its_own_account(client: Client) -> None:
    tokens = sign_in_by_code(client, "138 0527 0001")
    assert tokens["is_new_person"] is True
    me = client.get(f"{API}/me", headers=bearer(tokens))
    assert me.status_code == 200
    body = me.json()
    assert (body["phone"], body["capacities"], body["roles"], body["real_name_level"]) == (
        "138****0001",
        ["citizen"],
        [],
        1,
    )
    assert body["session"] == {"id": tokens["session_id"], "mfa_at": None}
    again = sign_in_by_code(Client(), "+8613905270002")
    assert again["session_id"] != tokens["session_id"]


def test_an_official_needs_both_factors_and_then_carries_the_roles(client: Client) -> None:
    place = make.organisation(code="321322JY")
    make.official(Role.APPROVER, place, username="shenpi")
    tokens = sign_in_official(client, "ShenPi ")
    body = client.get(f"{API}/me", headers=bearer(tokens)).json()
    assert [(held["role"], held["organisation"]["code"]) for held in body["roles"]] == [("approver", "321322JY")]
    assert body["session"]["mfa_at"] is not None


def test_an_official_who_signs_in_by_code_is_a_citizen_in_that_session(client: Client) -> None:
    phone = make.mobile()
    official = make.official(Role.APPROVER, phone=phone)
    tokens = sign_in_by_code(client, phone)
    live = selectors.live_sessions([tokens["session_id"]])
    [session] = live.values()
    assert session.user_id == official
    assert session.grants == frozenset()


@pytest.mark.parametrize(("password", "code"), [("wrong", None), (None, "000000"), (None, "12345a"), (None, "")])
def test_a_wrong_factor_opens_nothing_and_is_journalled_without_the_secret(
    client: Client, password: str | None, code: str | None
) -> None:
    make.official(Role.APPROVER, username="shenpi")
    first = post(client, "/auth/login", {"username": "shenpi", "password": password or make.PASSWORD})
    if password:
        assert (first.status_code, first.json()["code"]) == (401, "sign_in_failed")
        assert first["WWW-Authenticate"] == "Bearer"
    else:
        second = post(client, "/auth/mfa", {"mfa_token": first.json()["mfa_token"], "code": code})
        assert second.status_code == (401 if code else 400)
    if password or code:
        line = JournalLine.objects.get(action="account.sign_in_failed")
        assert "wrong" not in line.data
    assert not selectors.RefreshSession.objects.exists()


def test_the_answer_for_an_unknown_name_is_the_same(client: Client) -> None:
    make.official(username="shenpi")
    known = post(client, "/auth/login", {"username": "shenpi", "password": "wrong"})
    unknown = post(client, "/auth/login", {"username": "nobody", "password": "wrong"})
    same = ("status", "code", "title", "detail", "errors")
    assert [known.json()[name] for name in same] == [unknown.json()[name] for name in same]


def test_a_code_of_the_authenticator_works_once(client: Client) -> None:
    make.official(username="shenpi")
    code = totp()
    first = post(client, "/auth/login", {"username": "shenpi", "password": make.PASSWORD}).json()
    second = post(client, "/auth/login", {"username": "shenpi", "password": make.PASSWORD}).json()
    assert post(client, "/auth/mfa", {"mfa_token": first["mfa_token"], "code": code}).status_code == 200
    assert post(client, "/auth/mfa", {"mfa_token": second["mfa_token"], "code": code}).status_code == 401
    assert post(client, "/auth/mfa", {"mfa_token": first["mfa_token"], "code": totp(steps=1)}).status_code == 401
    assert post(client, "/auth/mfa", {"mfa_token": second["mfa_token"], "code": totp(steps=1)}).status_code == 200


def test_first_sign_in_sets_up_password_and_authenticator(client: Client) -> None:
    user = make.official(username="newcomer", must_change_password=True)
    selectors.User.objects.filter(pk=user).update(totp_secret=None)
    first = post(client, "/auth/login", {"username": "newcomer", "password": make.PASSWORD}).json()
    assert first["password_change_required"] is True
    code = pyotp.TOTP(first["enrolment"]["secret"]).generate_otp(int(clock.now().timestamp()) // 30)
    body = {"mfa_token": first["mfa_token"], "code": code}
    assert post(client, "/auth/mfa", body).json()["code"] == "password_change_required"
    weak = post(client, "/auth/mfa", {**body, "new_password": "newcomer"})
    assert (weak.status_code, {fault["code"] for fault in weak.json()["errors"]}) == (
        422,
        {"password_classes", "password_username"},
    )
    same = post(client, "/auth/mfa", {**body, "new_password": make.PASSWORD})
    assert [fault["code"] for fault in same.json()["errors"]] == ["password_repeated"]
    tokens = post(client, "/auth/mfa", {**body, "new_password": "Brand-New-2026"})
    assert tokens.status_code == 200
    assert client.get(f"{API}/me", headers=bearer(tokens.json())).json()["has_second_factor"] is True
    assert post(client, "/auth/login", {"username": "newcomer", "password": make.PASSWORD}).status_code == 401


def test_step_up_shows_the_second_factor_again(client: Client, travel) -> None:  # type: ignore[no-untyped-def]
    make.official(username="shenpi")
    tokens = sign_in_official(client, "shenpi")
    before = client.get(f"{API}/me", headers=bearer(tokens)).json()["session"]["mfa_at"]
    assert post(client, "/auth/step-up", {"code": "000000"}, **bearer(tokens)).status_code == 401
    travel(minutes=5)
    stepped = post(client, "/auth/step-up", {"code": totp()}, **bearer(tokens))
    assert stepped.status_code == 200
    assert client.get(f"{API}/me", headers=bearer(tokens)).json()["session"]["mfa_at"] > before
    citizen = sign_in_by_code(Client(), make.mobile())
    assert post(client, "/auth/step-up", {"code": totp()}, **bearer(citizen)).status_code == 401


def test_a_browser_keeps_the_refresh_token_in_a_cookie_of_our_origin_only(client: Client) -> None:
    tokens = sign_in_by_code(client, make.mobile(), Origin=ORIGIN)
    assert "refresh" not in tokens
    cookie = client.cookies["refresh"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (
        True,
        "Strict",
        "/api/v1/auth",
        True,
    )
    assert post(client, "/auth/refresh").json()["code"] == "origin_refused"
    evil = post(client, "/auth/refresh", Origin="https://gov.test.example.evil.cn")
    assert (evil.status_code, evil.json()["code"]) == (403, "origin_refused")
    fresh = post(client, "/auth/refresh", Origin=ORIGIN)
    assert fresh.status_code == 200
    assert "refresh" not in fresh.json()
    out = post(client, "/auth/logout", **bearer(fresh.json()))
    assert (out.status_code, out.cookies["refresh"].value) == (204, "")
    assert post(client, "/auth/refresh", Origin=ORIGIN).status_code == 401


def test_unknown_fields_are_refused(client: Client) -> None:
    answer = post(client, "/auth/otp", {"phone": make.mobile(), "role": "approver"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/role")


@pytest.mark.parametrize("phone", ["+85261234567", "+14155550100", "021-61234567", "12345", "95588", "1390527000٠"])
def test_codes_go_to_mainland_mobiles_only(client: Client, phone: str) -> None:
    answer = post(client, "/auth/otp", {"phone": phone})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "phone_not_allowed")


def test_the_code_lives_as_long_as_the_setting_says(client: Client, travel) -> None:  # type: ignore[no-untyped-def]
    phone = make.mobile()
    post(client, "/auth/otp", {"phone": phone})
    code = last_code()
    travel(seconds=settings.OTP_TTL_SECONDS + 1)
    assert post(client, "/auth/otp/verify", {"phone": phone, "code": code}).status_code == 401
