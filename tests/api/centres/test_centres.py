"""GET /centres, /centres/{code}: the virtual hall: halls → zones → windows → what each handles today, from rows; shut
windows and holidays are told, a changed plan keeps what was, a wrong file changes nothing."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.centres import rules, services
from backend.centres.models import ServiceWindow, WindowDuty
from backend.powers import services as powers
from kernel.errors import DomainError
from tests.factories import centres as make
from tests.factories import powers as items

pytestmark = pytest.mark.django_db

PLAN_QUERIES = 15


@pytest.fixture
def office():
    return items.organisation("宿迁市教育局", code="321300JY")


def take_in(document):
    return services.import_centre(actor=items.SYSTEM, document=document)


def get(path, status=200, **headers):
    response = Client().get(f"/api/v1{path}", headers=headers)
    assert response.status_code == status, response.content
    return response


def at(day):
    return datetime.fromisoformat(f"{day}T10:00:00+08:00")


def windows(plan):
    return {w["number"]: w for hall in plan["halls"] for zone in hall["zones"] for w in zone["windows"]}


def handled(number, plan=None):
    plan = plan or get("/centres/test").json()
    names = {item["id"]: item["name"] for item in plan["items"]}
    return [names[item_id] for item_id in windows(plan)[number]["item_ids"]]


def code_of(power_id):
    return get(f"/powers/{power_id}").json()["code"]


def test_a_window_shows_what_it_handles_today(office):
    power = items.published(office, name="教师资格认定")
    take_in(make.description(office, make.window(items=[code_of(power)], counter_services=["材料预审"])))
    plan = get("/centres/test").json()
    assert handled("A01", plan) == ["教师资格认定"]
    assert plan["items"][0]["id"] == str(power)
    assert windows(plan)["A01"]["counter_services"] == ["材料预审"]
    assert windows(plan)["A01"]["box"] == {"x": 20, "y": 20, "width": 40, "height": 30}
    assert [centre["code"] for centre in get("/centres").json()["items"]] == ["test"]


def test_an_office_at_a_window_brings_what_it_has_in_its_hall_also_what_comes_later(office):
    items.published(office, name="教师资格认定", is_in_hall=True)
    items.published(office, name="只在网上办理的事项", is_in_hall=False)
    take_in(make.description(office, make.window(all_of=[office.code])))
    assert handled("A01") == ["教师资格认定"]
    items.published(office, name="办学许可", is_in_hall=True)
    assert set(handled("A01")) == {"教师资格认定", "办学许可"}


def test_cancelled_items_leave_the_window_and_suspended_ones_say_so(office):
    power = items.published(office)
    take_in(make.description(office, make.window(items=[code_of(power)])))
    editor = items.official("catalogue_editor", office)
    powers.suspend(actor=editor, power_id=power, reason="系统升级")
    assert get("/centres/test").json()["items"][0]["state"] == "suspended"
    powers.cancel(actor=items.official("legal_officer", office), power_id=power, reason="法律修改")
    plan = get("/centres/test").json()
    assert plan["items"] == []
    assert windows(plan)["A01"]["item_ids"] == []


def test_a_changed_plan_moves_the_window_and_keeps_its_past_duties(office, travel):
    first, second = (items.published(office, name=name) for name in ("教师资格认定", "办学许可"))
    document = make.description(office, make.window(items=[code_of(first)]))
    take_in(document)
    before = ServiceWindow.objects.get(number="A01").pk
    travel(hours=48)
    report = take_in(make.description(office, make.window(items=[code_of(second)], box=[100, 20, 40, 30])))
    assert (report.is_new, report.is_changed) == (False, True)
    assert handled("A01") == ["办学许可"]
    moved = ServiceWindow.objects.get(number="A01")
    assert (moved.pk, moved.x) == (before, 100)
    ended = WindowDuty.objects.get(power_id=first)
    assert (ended.effective_to - ended.effective_from).days == 2


def test_a_window_that_was_given_up_disappears_and_may_come_back(office):
    both = make.description(office, make.window("A01"), make.window("A02", box=[80, 20, 40, 30]))
    take_in(both)
    take_in(make.description(office, make.window("A01")))
    assert set(windows(get("/centres/test").json())) == {"A01"}
    assert get("/centres").json()["items"][0]["window_count"] == 1
    take_in(both)
    assert set(windows(get("/centres/test").json())) == {"A01", "A02"}
    assert ServiceWindow.objects.count() == 2


def test_taking_the_same_in_again_changes_nothing(office):
    document = make.description(office)
    assert take_in(document).is_changed
    assert not take_in(document).is_changed


def test_a_shut_window_says_why_until_when_and_where_to_go(office, travel):
    closure = {"since": "2026-11-02", "until": "2026-11-30", "reason": "设备升级", "instead": "A02"}
    shut = make.window("A01", closures=[closure])
    travel(to=at("2026-10-20"))
    take_in(make.description(office, shut, make.window("A02", box=[80, 20, 40, 30])))
    for day, is_shut in (("2026-11-01", False), ("2026-11-02", True), ("2026-11-30", True), ("2026-12-01", False)):
        travel(to=at(day))
        found = windows(get("/centres/test").json())["A01"]["closure"]
        assert (found is not None) == is_shut, day
    travel(to=at("2026-11-15"))
    told = windows(get("/centres/test").json())["A01"]["closure"]
    assert told == {"reason": "设备升级", "reason_en": "", "until": "2026-11-30", "instead": "A02"}


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        ("2026-11-23", True),  # a Monday
        ("2026-11-22", False),  # a Sunday
        ("2026-10-01", False),  # National Day, a Thursday
        ("2026-10-10", True),  # a Saturday worked for it
    ],
)
def test_todays_hours_mind_holidays_and_makeup_days(office, travel, day, is_open):
    travel(to=at(day))
    take_in(make.description(office))
    today = get("/centres/test").json()["today"]
    assert today["date"] == day
    assert today["intervals"] == ([{"opens": "09:00", "closes": "17:00"}] if is_open else [])


def test_an_unchanged_plan_is_not_sent_again(office):
    take_in(make.description(office))
    first = get("/centres/test")
    assert first["Cache-Control"] == "public, max-age=60"
    assert get("/centres/test", 304, if_none_match=first["ETag"]).content == b""
    take_in(make.description(office, phone="0527-12346"))
    assert get("/centres/test", if_none_match=first["ETag"]).json()["phone"] == "0527-12346"


def test_many_windows_cost_no_more_queries_than_one(office):
    power = code_of(items.published(office))
    many = [make.window(f"A{n:02}", box=[20 + 12 * n, 20, 10, 30], items=[power]) for n in range(1, 21)]
    take_in(make.description(office, *many))
    with CaptureQueriesContext(connection) as caught:
        get("/centres/test")
    assert len(caught) <= PLAN_QUERIES, [query["sql"][:90] for query in caught]


def test_unknown_centres_are_404(office):
    assert get("/centres/nowhere", 404).json()["code"] == "centre_not_found"


def test_items_that_nobody_knows_are_told_and_left_out(office):
    report = take_in(make.description(office, make.window(items=["JS321300XX-XK-9999"])))
    assert report.unknown_items == ("JS321300XX-XK-9999",)
    assert handled("A01") == []


@pytest.mark.parametrize(
    ("faulty", "pointer"),
    [
        ([make.window(), make.window()], "/halls/0/zones/0/windows/1/number"),
        ([make.window(), make.window("A02")], "/halls/0/zones/0/windows/1/box"),
        ([make.window(box=[300, 20, 40, 30])], "/halls/0/zones/0/windows/0/box"),
        ([make.window(kind="throne")], "/halls/0/zones/0/windows/0/kind"),
        ([make.window(facing="up")], "/halls/0/zones/0/windows/0/facing"),
        (
            [make.window(closures=[{"since": "2026-11-02", "reason": "升级", "instead": "Z9"}])],
            "/halls/0/zones/0/windows/0/closures",
        ),
    ],
)
def test_a_plan_that_cannot_be_is_refused_whole(office, faulty, pointer):
    take_in(make.description(office))
    with pytest.raises(DomainError) as caught:
        take_in(make.description(office, *faulty, phone="110"))
    assert pointer in {fault.pointer for fault in caught.value.errors}
    assert get("/centres/test").json()["phone"] == "0527-12345"


def test_an_item_is_found_by_its_code(office):
    power = items.published(office)
    code = code_of(power)
    assert get(f"/powers/codes/{code}").json()["id"] == str(power)
    assert get("/powers/codes/JS-NOTHING", 404).json()["code"] == "power_not_found"


def test_files_go_in_together_or_not_at_all(office, tmp_path, capsys):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(make.description(office)), encoding="utf-8")
    bad.write_text(json.dumps(make.description(office, make.window(kind="throne"), code="other")), encoding="utf-8")
    call_command("import_centres", str(good))
    assert get("/centres").json()["items"] == []
    with pytest.raises(CommandError, match="/halls/0/zones/0/windows/0/kind"):
        call_command("import_centres", str(good), str(bad), "--commit")
    assert get("/centres").json()["items"] == []
    call_command("import_centres", str(good), "--commit")
    assert "新增 test 测试政务服务中心：1 个窗口" in capsys.readouterr().out
    assert [centre["code"] for centre in get("/centres").json()["items"]] == ["test"]


@pytest.mark.parametrize("path", sorted(services.DATA.glob("*.json")), ids=lambda path: path.stem)
def test_the_plans_that_come_along_keep_the_rules(path):
    assert rules.faults(json.loads(path.read_text(encoding="utf-8"))) == []
