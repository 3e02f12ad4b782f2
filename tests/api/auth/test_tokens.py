"""F29: whatever is done to an access token, the answer is 401 with one and the same body, and never a fault."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client

from backend.accounts import services
from kernel import clock
from tests.api.auth.people import API, bearer, post, sign_in_by_code
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db
Claims = dict[str, Any]


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def _public_pem() -> bytes:
    key = serialization.load_pem_private_key(settings.JWT_SIGNING_KEY.encode(), password=None)
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _sign(claims: Claims, *, key: Any = None, algorithm: str = "ES256", headers: Any = None) -> str:
    return jwt.encode(claims, key or settings.JWT_SIGNING_KEY, algorithm=algorithm, headers=headers)


def _raw(header: dict[str, Any], claims: Claims, signature: bytes = b"") -> str:
    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).decode().rstrip("=")

    return f"{part(json.dumps(header).encode())}.{part(json.dumps(claims).encode())}.{part(signature)}"


def _hs256_with_public_key(claims: Claims) -> str:
    unsigned = _raw({"alg": "HS256", "typ": "JWT"}, claims).rsplit(".", 1)[0]
    digest = hmac.new(_public_pem(), unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def _edited(claims: Claims) -> str:
    header, _, signature = _sign(claims).split(".")
    other = _raw({}, {**claims, "tv": claims["tv"] + 1}).split(".")[1]
    return f"{header}.{other}.{signature}"


ATTACKS: dict[str, Callable[[Claims], str]] = {
    "alg none": lambda c: _raw({"alg": "none", "typ": "JWT"}, c),
    "alg None in capitals": lambda c: _raw({"alg": "NONE", "typ": "JWT"}, c),
    "signed with the public key": _hs256_with_public_key,
    "signed with another key": lambda c: _sign(c, key=_pem(ec.generate_private_key(ec.SECP256R1()))),
    "kid is a path": lambda c: _sign(c, key="k" * 64, algorithm="HS256", headers={"kid": "../../dev/null"}),
    "kid is an address": lambda c: _sign(c, key="k" * 64, algorithm="HS256", headers={"kid": "http://evil.cn/k"}),
    "jku": lambda c: _sign(
        c, key=_pem(ec.generate_private_key(ec.SECP256R1())), headers={"jku": "http://evil.cn/jwks"}
    ),
    "unknown crit": lambda c: _sign(c, headers={"crit": ["x-unknown"], "x-unknown": True}),
    "refresh as access": lambda c: _sign({**c, "token_type": "refresh"}),
    "no type": lambda c: _sign({k: v for k, v in c.items() if k != "token_type"}),
    "other audience": lambda c: _sign({**c, "aud": "elsewhere"}),
    "other issuer": lambda c: _sign({**c, "iss": "https://test.gov.example"}),
    "no audience": lambda c: _sign({k: v for k, v in c.items() if k != "aud"}),
    "no expiry": lambda c: _sign({k: v for k, v in c.items() if k != "exp"}),
    "expired 31 seconds ago": lambda c: _sign({**c, "exp": int(clock.now().timestamp()) - 31}),
    "valid in 31 seconds": lambda c: _sign({**c, "nbf": int(clock.now().timestamp()) + 31}),
    "expiry is text": lambda c: _sign({**c, "exp": "soon"}),
    "session is no id": lambda c: _sign({**c, "sid": "1 OR 1=1"}),
    "session is a number": lambda c: _sign({**c, "sid": 7}),
    "version is huge": lambda c: _sign({**c, "tv": 10**30}),
    "version is old": lambda c: _sign({**c, "tv": c["tv"] - 1}),
    "somebody else's id": lambda c: _sign({**c, "sub": str(make.citizen())}),
    "payload edited": _edited,
    "100 KB": lambda c: _sign({**c, "fill": "x" * 100_000}),
    "garbage": lambda c: "not.a.token",
    "one part": lambda c: "x",
    "not ASCII": lambda c: "é.é.é",
    "empty parts": lambda c: "..",
    "deep header": lambda c: _raw({"alg": "ES256", "x": json.loads("[" * 400 + "]" * 400)}, c),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_token_that_was_tampered_with_is_refused(client: Client, name: str) -> None:
    tokens = sign_in_by_code(client, make.mobile())
    claims = jwt.decode(tokens["access"], options={"verify_signature": False})
    assert client.get(f"{API}/me", headers={"Authorization": f"Bearer {_sign(claims)}"}).status_code == 200
    answer = client.get(f"{API}/me", headers={"Authorization": f"Bearer {ATTACKS[name](claims)}"})
    assert answer.status_code == 401
    body = answer.json()
    body.pop("request_id")
    nobody = client.get(f"{API}/me", headers={"Authorization": "Bearer x"}).json()
    nobody.pop("request_id")
    assert body == nobody


def test_the_refresh_token_opens_no_door(client: Client) -> None:
    tokens = sign_in_by_code(client, make.mobile())
    answer = client.get(f"{API}/me", headers={"Authorization": f"Bearer {tokens['refresh']}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("header", ["Basic eDp5", "Bearer", "Bearer ", "bearer  x y", "Token abc"])
def test_other_schemes_are_refused(client: Client, header: str) -> None:
    assert client.get(f"{API}/me", headers={"Authorization": header}).status_code == 401


def test_ten_seconds_of_disagreement_are_forgiven(client: Client, travel: Callable[..., None]) -> None:
    tokens = sign_in_by_code(client, make.mobile())
    travel(seconds=settings.JWT_ACCESS_SECONDS + 8)
    assert client.get(f"{API}/me", headers=bearer(tokens)).status_code == 200
    travel(seconds=3)
    assert client.get(f"{API}/me", headers=bearer(tokens)).status_code == 401


def test_logout_works_at_once_for_access_and_refresh(client: Client) -> None:
    tokens = sign_in_by_code(client, make.mobile())
    assert post(client, "/auth/logout", **bearer(tokens)).status_code == 204
    assert client.get(f"{API}/me", headers=bearer(tokens)).status_code == 401
    assert post(client, "/auth/refresh", {"refresh": tokens["refresh"]}).status_code == 401
    assert post(client, "/auth/logout", **bearer(tokens)).status_code == 401


def test_a_switched_off_person_is_out_at_once(client: Client) -> None:
    phone = make.mobile()
    tokens = sign_in_by_code(client, phone)
    user = client.get(f"{API}/me", headers=bearer(tokens)).json()["id"]
    services.deactivate(actor=make.system(), user_id=user, reason="test")
    assert client.get(f"{API}/me", headers=bearer(tokens)).status_code == 401
    assert post(client, "/auth/refresh", {"refresh": tokens["refresh"]}).status_code == 401


def test_a_second_use_of_a_refresh_token_ends_the_session(client: Client, travel: Callable[..., None]) -> None:
    tokens = sign_in_by_code(client, make.mobile())
    fresh = post(client, "/auth/refresh", {"refresh": tokens["refresh"]}).json()
    travel(seconds=11)
    assert post(client, "/auth/refresh", {"refresh": tokens["refresh"]}).json()["code"] == "token_invalid"
    assert client.get(f"{API}/me", headers=bearer(fresh)).status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/me"),
        ("patch", "/me"),
        ("post", "/me/identity"),
        ("post", "/me/phone"),
        ("get", "/me/sessions"),
        ("delete", "/me/sessions/0192a000-0000-7000-8000-000000000000"),
        ("post", "/auth/logout"),
        ("post", "/auth/step-up"),
        ("post", "/auth/password"),
    ],
)
def test_doors_that_need_a_session_are_shut_without(client: Client, method: str, path: str) -> None:
    answer = getattr(client, method)(f"{API}{path}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
