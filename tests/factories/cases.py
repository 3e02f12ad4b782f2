"""A department with its officials, a citizen, and an application on its way, all through the public API."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient
from stdnum.cn import ric

from backend.accounts import services as account_services
from backend.accounts.types import OrganisationInfo, Role
from tests.factories import accounts, powers, sessions
from tests.factories.sessions import Caller


class Api:
    """One person's client: token, Idempotency-Key and If-Match are put in by themselves."""

    def __init__(self, caller: Caller | None = None) -> None:
        self.caller = caller
        self.client = APIClient()

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """One request; `etag` and `key` become headers, `format` is passed on."""
        headers = dict(self.caller.headers) if self.caller else {}
        if method == "post":
            headers["Idempotency-Key"] = options.pop("key", str(uuid4()))
        if etag := options.pop("etag", None):
            headers["If-Match"] = etag
        options.setdefault("format", "json")
        return getattr(self.client, method)(f"/api/v1{path}", body, headers=headers, **options)

    def sign_in_again(self) -> None:
        """A new session, as after days away."""
        assert self.caller is not None
        self.caller = sessions.signed_in(self.caller.id, factor=True, organisation=self.caller.organisation)

    def get(self, path: str, **query: Any) -> Any:
        """GET."""
        headers = self.caller.headers if self.caller else {}
        return self.client.get(f"/api/v1{path}", query, headers=headers)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """POST."""
        return self.call("post", path, body if body is not None else {}, **options)


@dataclass
class Department:
    """An organisation with an item and an official for each post."""

    place: OrganisationInfo
    power_id: UUID
    clerk: Api = field(init=False)
    reviewer: Api = field(init=False)
    approver: Api = field(init=False)

    def __post_init__(self) -> None:
        self.clerk = Api(sessions.official(Role.WINDOW_CLERK, self.place))
        self.reviewer = Api(sessions.official(Role.REVIEWER, self.place))
        self.approver = Api(sessions.official(Role.APPROVER, self.place))


def department(**item: Any) -> Department:
    """A fresh department of a county."""
    place = accounts.organisation()
    return Department(place, powers.published(place, **item))


def id_number() -> str:
    """A well-formed identity number of somebody born in 1990."""
    body = f"3213021990{random.randint(1, 12):02}{random.randint(1, 28):02}{random.randint(0, 999):03}"
    return body + ric.calc_check_digit(body + "0")


def citizen(*, named: bool = True) -> Api:
    """A citizen, by default with a checked identity."""
    caller = sessions.citizen()
    if named:
        actor = accounts.actor(caller.id)
        account_services.give_identity(actor=actor, name="王小明", id_number=id_number())
    return Api(caller)


def photo(name: str = "证.jpg") -> SimpleUploadedFile:
    """A small picture as a phone takes it."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), (random.randint(0, 255), 90, 120)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def draft(api: Api, power_id: UUID, **form: Any) -> dict[str, Any]:
    """A draft with its required document; returns the case as the API shows it, with its `etag`."""
    body = {"power_id": str(power_id), "applicant": {"kind": "person"}, "form": {"name": "王小明", **form}}
    made = api.post("/cases", body)
    assert made.status_code == 201, made.content
    upload = api.post(
        f"/cases/{made.json()['id']}/materials", {"material": "id_card", "file": photo()}, format="multipart"
    )
    assert upload.status_code == 201, upload.content
    return own(api, made.json()["id"])


def own(api: Api, case_id: str) -> dict[str, Any]:
    """The citizen's case as it stands, with its `etag`."""
    answer = api.get(f"/cases/{case_id}")
    assert answer.status_code == 200, answer.content
    return {**answer.json(), "etag": answer["ETag"]}


def submitted(api: Api, power_id: UUID) -> dict[str, Any]:
    """An application handed in."""
    case = draft(api, power_id)
    answer = api.post(f"/cases/{case['id']}/submit", etag=case["etag"])
    assert answer.status_code == 201, answer.content
    return own(api, case["id"])


def act(official: Api, case_id: str, action: str, **fields: Any) -> Any:
    """An official's act on the case as it stands; returns the answer."""
    file = official.get(f"/approval/cases/{case_id}")
    assert file.status_code == 200, file.content
    body = {"action": action, "opinion": "符合法定条件。", **fields}
    return official.post(f"/approval/cases/{case_id}/actions", body, etag=file["ETag"])


def pending(api: Api, at: Department) -> dict[str, Any]:
    """An application accepted and reviewed, waiting for the decision."""
    case = submitted(api, at.power_id)
    assert act(at.clerk, case["id"], "accept").status_code == 200
    assert act(at.reviewer, case["id"], "pass").status_code == 200
    return own(api, case["id"])
