"""Wiring mistakes fail here, in seconds: routes, tasks, events, webhook senders, error codes."""

from __future__ import annotations

import re
import string
from uuid import UUID

import pytest
from celery import Task, current_app
from django.test import Client
from jsonschema import Draft202012Validator

from kernel import events, outbox
from kernel.errors import ErrorCode, ErrorSpec
from mobile_api.platform.views import ApiView
from tests.architecture.product import Route, import_everything, routes, subclasses

PUBLIC = {
    "/api/v1/auth/otp", "/api/v1/auth/otp/verify",  # signing in
    "/api/v1/auth/login", "/api/v1/auth/mfa", "/api/v1/auth/refresh",
    "/api/v1/powers", "/api/v1/powers/themes", "/api/v1/powers/<uuid:power_id>",  # the catalogue
    "/api/v1/powers/codes/<str:code>", "/api/v1/organisations",
    "/api/v1/centres", "/api/v1/centres/<slug:code>", "/api/v1/statistics",
    "/api/v1/alerts", "/api/v1/alerts/topics", "/api/v1/alerts/<uuid:alert_id>",  # notices to everybody
    "/api/v1/progress",  # by number and query code, throttled
    "/api/v1/inquiries/topics", "/api/v1/inquiries/terms",
    "/api/v1/inquiries/progress",  # number and query code, throttled
    "/api/v1/inquiries/answered", "/api/v1/inquiries/answered/<uuid:publication_id>", "/api/v1/inquiries/statistics",
    "/api/v1/agenda/feeds/<str:secret>.ics",  # the secret is the right
    "/api/v1/tenders/projects", "/api/v1/tenders/projects/<uuid:project_id>",  # public by law
    "/api/v1/tenders/projects/<uuid:project_id>/calendar.ics", "/api/v1/tenders/notices/<uuid:notice_id>",
    "/api/v1/tenders/notices/<uuid:notice_id>/files/<uuid:file_id>", "/api/v1/tenders/signing-key",
    "/api/v1/tenders/sections/<uuid:section_id>/answers",
    "/api/v1/tenders/sections/<uuid:section_id>/opening-record",
    "/api/v1/tenders/ocds/releases", "/api/v1/tenders/ocds/records/<str:ocid>", "/api/v1/tenders/ocds/bulk.jsonl",
    "/api/v1/openapi.yaml",
    "/open311/v2/discovery.<fmt:fmt>", "/open311/v2/services.<fmt:fmt>",  # a standard's own addresses, throttled
    "/open311/v2/services/<str:code>.<fmt:fmt>", "/open311/v2/requests.<fmt:fmt>",
    "/open311/v2/requests/<str:order_no>.<fmt:fmt>", "/open311/v2/tokens/<uuid:token>.<fmt:fmt>",
}  # fmt: skip
OPERATION = {"/healthz", "/readyz", "/metrics"}
APPS = ("palm", "approval", "hall", "inquiry", "tender", "desk", "office")
FRONT_ENDS = {f"/^{app}/(?P<rest>.*)$" for app in APPS} | {
    "/", "/palm", "/approval", "/hall", "/inquiry", "/tender", "/desk", "/office", "/hall/items/<str:code>",
    "/robots.txt", "/sitemap.xml",
    "/^handset/(?!api/)(?P<rest>.*)$",
}  # fmt: skip
QUEUES = {"otp", "statutory", "bulk", "files", "default"}
STATUSES = {400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 416, 422, 428, 429, 500, 503}
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Event types without a reader yet, each with the reader that will come. Nothing else may stay unread.
UNREAD: dict[str, str] = {
    f"inquiry.{name}": "supervision"
    for name in (
        "received", "registered", "classified", "answered_directly", "dispatched", "assist_added", "signed",
        "contacted", "opinion_given", "return_requested", "return_approved", "return_rejected", "extension_requested",
        "extended", "extension_refused", "reply_submitted", "sign_off_refused", "replied", "sent_back", "answered",
        "heard", "not_reached", "redone", "closed", "reopened", "archived", "merged", "cancelled", "transferred",
        "joined", "passed", "signalled", "call_changed", "publication_changed",
    )
} | {
    "attendance.punched": "supervision", "attendance.correction_asked": "a to-do tells of it",
    "attendance.month_confirmed": "supervision", "attendance.month_disputed": "a to-do tells of it",
    "attendance.shift_kept": "supervision", "attendance.place_kept": "supervision",
    "notifications.alert_sent": "supervision", "notifications.alert_withdrawn": "supervision",
    "knowledge.changed": "supervision", "documents.recorded": "supervision",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _everything() -> None:
    import_everything()


# -- routes


def test_every_route_is_an_api_view_or_on_a_list() -> None:
    others = {route.path for route in routes() if not _is_api(route)}
    assert others >= OPERATION
    rest = others - OPERATION - FRONT_ENDS
    assert all(path.startswith(("/webhooks/", "/handset/")) for path in rest), rest


def test_every_route_authenticates_or_is_on_the_public_list() -> None:
    public = {route.path for route in routes() if _is_api(route) and route.view_class.public}
    assert public == PUBLIC, "a new public route is a decision: put it on the list in this test"


def test_views_leave_authentication_to_the_platform() -> None:
    for route in routes():
        if _is_api(route) and not route.view_class.public:
            own = {"authentication_classes", "permission_classes", "get_permissions", "get_authenticators"}
            inherited = [cls for cls in route.view_class.__mro__ if cls.__module__.startswith("mobile_api.v1")]
            assert not [name for cls in inherited for name in own if name in vars(cls)], route.path


@pytest.mark.django_db
def test_every_other_route_answers_401_to_a_stranger(client: Client) -> None:
    for route in routes():
        if not _is_api(route) or route.view_class.public:
            continue
        for method in ("get", "post", "patch", "put", "delete"):
            if not hasattr(route.view_class, method):
                continue
            response = client.generic(method.upper(), _example(route.path), b"{}", content_type="application/json")
            assert response.status_code == 401, f"{method.upper()} {route.path}: {response.status_code}"
            assert response["WWW-Authenticate"] == "Bearer"


def _is_api(route: Route) -> bool:
    return isinstance(route.view_class, type) and issubclass(route.view_class, ApiView)


def _example(path: str) -> str:
    filled = re.sub(r"<uuid:[^>]+>", str(UUID(int=7)), path)
    return re.sub(r"<(str:|slug:)?[^>]+>", "x", re.sub(r"<int:[^>]+>", "7", filled))


# -- tasks


def tasks() -> list[Task]:
    return [task for name, task in sorted(current_app.tasks.items()) if not name.startswith("celery.")]


def test_every_task_has_a_queue_and_a_retry_budget() -> None:
    assert tasks()
    for task in tasks():
        assert getattr(task, "queue", None) in QUEUES, f"{task.name} names no queue of {sorted(QUEUES)}"
        assert isinstance(task.max_retries, int), f"{task.name} has no retry budget"
        assert 0 <= task.max_retries <= 20, task.name
        own = "max_retries" in vars(type(task)) or task.max_retries != Task.max_retries
        assert own, f"{task.name} inherits Celery's retries: say how many"


def test_task_names_say_whose_they_are() -> None:
    for task in tasks():
        app = task.name.split(".")[0]
        assert app in {*task.__module__.split(".")}, f"{task.name} lives in {task.__module__}"


def test_pumps_are_registered_once_and_short() -> None:
    names = [pump.name for pump in outbox.pumps()]
    assert len(names) == len(set(names))
    assert all(pump.every.total_seconds() <= 600 for pump in outbox.pumps())


# -- events


def test_every_event_type_has_a_closed_schema_and_a_meaning() -> None:
    assert events.event_types()
    for name, kind in events.event_types().items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name), name
        assert kind.doc.strip(), f"{name} does not say what happened"
        Draft202012Validator.check_schema(dict(kind.schema))
        assert kind.schema.get("type") == "object", name
        assert kind.schema.get("properties"), f"{name} names no field"
        assert kind.schema.get("additionalProperties") is False, f"{name} lets undocumented fields through"


def test_every_event_type_has_a_reader() -> None:
    unread = {name for name in events.event_types() if not events.readers_of(name)}
    assert unread == set(UNREAD), (
        f"nobody reads {sorted(unread - set(UNREAD))}; read now: {sorted(set(UNREAD) - unread)}"
    )


def test_every_subscriber_reads_types_that_exist() -> None:
    known = set(events.event_types())
    for subscription in events.subscriptions().values():
        assert subscription.types, subscription.name
        assert subscription.types <= known, f"{subscription.name} waits for {sorted(subscription.types - known)}"
        assert subscription.handler.__module__.split(".")[-1] == "receivers" or ".receivers." in (
            subscription.handler.__module__
        ), f"{subscription.name} belongs into receivers.py"


# -- webhook senders


@pytest.mark.django_db
def test_every_webhook_sender_verifies(client: Client) -> None:
    addresses = [route.path for route in routes() if route.path.startswith("/webhooks/")]
    assert addresses
    for path in addresses:
        for headers in ({}, {"X-Twilio-Signature": "AAAA", "Authorization": "Bearer x"}):
            response = client.post(path, {"MessageSid": "SM" + "0" * 32, "Body": "5"}, headers=headers)
            assert response.status_code == 403, f"{path} takes unsigned requests: {response.status_code}"


# -- error codes


def specs() -> list[tuple[type, ErrorSpec]]:
    return [
        (kind, member.value)
        for kind in subclasses(ErrorCode)
        for member in kind
        if kind.__module__.split(".")[0] != "tests"
    ]


def test_error_codes_are_unique() -> None:
    codes = [spec.code for _, spec in specs()]
    doubled = {code for code in codes if codes.count(code) > 1}
    assert not doubled
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", code) for code in codes)


def test_error_codes_have_statuses_and_texts_in_both_languages() -> None:
    for kind, spec in specs():
        where = f"{kind.__name__} {spec.code}"
        assert spec.status in STATUSES, where
        for text in (spec.title, spec.detail):
            assert CHINESE.search(text.zh) or text.zh.startswith("{"), f"{where}: no Chinese"
            assert text.en.strip(), f"{where}: no English"
            assert not CHINESE.search(text.en), f"{where}: Chinese in the English text"
            assert _places(text.zh) == _places(text.en), f"{where}: the languages differ in their places"
        assert spec.status != 500 or spec.code == "internal_error", f"{where}: nothing of ours answers 500"


def _places(text: str) -> set[str]:
    return {name.removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name}


def test_titles_are_short_and_details_say_what_to_do() -> None:
    for kind, spec in specs():
        assert len(spec.title.zh) <= 24, f"{kind.__name__} {spec.code}"
        assert len(spec.detail.zh) >= 4, f"{kind.__name__} {spec.code}"


def test_every_class_of_errors_is_found_here() -> None:
    apps = {kind.__module__.split(".")[1] for kind, _ in specs() if kind.__module__.startswith("backend.")}
    assert {"accounts", "cases", "powers", "workflow", "attachments"} <= apps
