"""Open311 GeoReport v2 in JSON and XML, filed and read by clients that are not ours (PyPI three and georeport); what
names somebody is not there until a person has confirmed."""

from __future__ import annotations

import importlib
import itertools
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client
from georeport import GeoReport
from requests.adapters import BaseAdapter

from backend.inquiries import services
from mobile_api.v1.open311 import views
from tests.factories import accounts
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
ROOT = "http://testserver/open311/v2"
web = requests.Session()
FORM = "application/x-www-form-urlencoded"


class OverDjango(BaseAdapter):
    """Carries what `requests` sends to Django's test client."""

    def send(self, request: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url)
        body = request.body or ""
        answer = Client().generic(
            request.method, f"{parts.path}?{parts.query}", body, content_type=request.headers.get("Content-Type", FORM)
        )
        response = requests.Response()
        response.status_code = answer.status_code
        response._content = answer.content
        response.headers.update(answer.headers)
        response.url = request.url
        return response

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def _wire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests.Session, "get_adapter", lambda self, url: OverDjango())


@pytest.fixture
def net() -> make.Net:
    return make.net()


@pytest.fixture
def key(net: make.Net) -> str:
    return services.issue_key(actor=accounts.system(), name="市民热线小程序")


def file(key: str, fmt: str = "json", **more: str) -> requests.Response:
    form = {
        "api_key": key,
        "service_code": "city.facilities.lamp",
        "lat": "34.111111",
        "long": "118.281111",
        "description": "路灯不亮，我叫周大爷，电话13812345678",
        "address_string": "幸福路12号",
        "first_name": "大爷",
        "last_name": "周",
        "phone": "13812345678",
        **more,
    }
    return web.post(f"{ROOT}/requests.{fmt}", data=form)


@pytest.mark.parametrize("fmt", ["json", "xml"])
def test_another_client_reads_services_and_requests(key: str, fmt: str) -> None:
    filed = file(key)
    assert filed.status_code == 201, filed.content
    number = filed.json()[0]["service_request_id"]
    client = GeoReport(ROOT, output_format=fmt)
    codes = {row["service_code"] for row in client.get_service_list()}
    assert "city.facilities.lamp" in codes
    assert client.get_service_definition("city.facilities.lamp")["service_code"] == "city.facilities.lamp"
    rows = client.get_service_requests()
    rows = rows if isinstance(rows, list) else [rows]
    assert [(row["service_request_id"], row["status"]) for row in rows] == [(number, "open")]
    one = client.get_service_request(number)
    one = one[0] if isinstance(one, list) else one
    assert one["service_code"] == "city.facilities.lamp"


def test_another_client_files_a_request_and_reads_it(net: make.Net, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)  # the client is of Python 2's time
    client = importlib.import_module("three").Three(ROOT, api_key=key)
    (filed,) = client.post(
        "city.facilities.lamp", description="路灯不亮", address="幸福路12号", lat="34.11", long="118.28", name="大爷 周"
    )
    order = make.by_no(filed["service_request_id"])
    assert (order.channel, order.state, order.caller.name) == ("open311", "received", "周大爷")
    (read,) = client.request(order.order_no)
    assert (read["status"], read["service_code"]) == ("open", "city.facilities.lamp")
    assert client.token(filed["token"])[0]["service_request_id"] == order.order_no
    (refused,) = client.post("city.facilities.lamp", description="路灯不亮", address="幸福路12号", api_key="wrong")
    assert refused["code"] == 403


def test_filed_becomes_an_order_and_a_token_finds_it(net: make.Net, key: str) -> None:
    filed = file(key).json()[0]
    order = make.by_no(filed["service_request_id"])
    assert (order.channel, order.state) == ("open311", "received")
    assert order.caller.phone == "+8613812345678"
    found = web.get(f"{ROOT}/tokens/{filed['token']}.json").json()
    assert found[0]["service_request_id"] == order.order_no


def test_nothing_that_names_somebody_is_there(net: make.Net, key: str) -> None:
    filed = file(key).json()[0]
    make.whistle(make.citizen())
    make.asked(make.citizen(), is_confidential=True)
    make.asked(make.citizen(), public_ok=False)
    listed = web.get(f"{ROOT}/requests.json")
    assert [row["service_request_id"] for row in listed.json()] == [filed["service_request_id"]]
    text = listed.content.decode()
    assert "13812345678" not in text
    assert "周大爷" not in text
    assert (listed.json()[0]["lat"], listed.json()[0]["long"]) == (34.111, 118.281)


def test_states_and_dates_narrow(net: make.Net, key: str) -> None:
    make.closed(net, make.called(net))
    file(key)
    assert [row["status"] for row in web.get(f"{ROOT}/requests.json?status=closed").json()] == ["closed"]
    assert web.get(f"{ROOT}/requests.json?service_code=utility.gas").json() == []
    assert web.get(f"{ROOT}/requests.json?end_date=2013-01-01T00:00:00Z").json() == []
    assert len(web.get(f"{ROOT}/requests.json?page_size=1&page=2").json()) == 1


def test_a_page_holds_a_thousand_at_most(net: make.Net, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert views.MAX_PAGE == 1000
    monkeypatch.setattr(views, "MAX_PAGE", 2)
    numbers = [file(key).json()[0]["service_request_id"] for _ in range(3)]
    pages = [web.get(f"{ROOT}/requests.json?page_size=9000&page={page}").json() for page in (1, 2, 3)]
    assert [len(rows) for rows in pages] == [2, 1, 0]
    assert [row["service_request_id"] for rows in pages for row in rows] == numbers[::-1]


def test_errors_are_georeports_own(net: make.Net, key: str) -> None:
    refused = file("wrong")
    assert (refused.status_code, refused.json()[0]["code"]) == (403, 403)
    assert file(key, description="").status_code == 400
    assert file(key, service_code="no.such").status_code == 400
    missing = web.get(f"{ROOT}/requests/20130101000001.xml")
    assert missing.status_code == 404
    assert missing.content.startswith(b"<?xml")
    assert b"<errors><error><code>404</code>" in missing.content
    assert web.get(f"{ROOT}/services/none.json").status_code == 404
    assert web.delete(f"{ROOT}/requests.json").status_code == 405


def test_discovery_says_where_what_is(net: make.Net) -> None:
    found = web.get(f"{ROOT}/discovery.json").json()
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]


def test_filing_answers_in_xml_as_well(key: str) -> None:
    filed = file(key, "xml")
    assert (filed.status_code, filed.headers["Content-Type"].split(";")[0]) == (201, "text/xml")
    number = re.search(r"<service_request_id>(\d+)</service_request_id>", filed.text)
    assert number is not None, filed.text
    assert make.by_no(number[1]).channel == "open311"
