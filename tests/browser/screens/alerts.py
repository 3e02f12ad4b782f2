"""Notices of the city: written and let go at the desk, read and chosen on a phone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from config.demo.phone import Phone
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller, citizen
from tests.browser.town import Town

RAIN = {
    "topics": ["weather", "area-321302", "area-321311"],
    "title_zh": "暴雨橙色预警：今夜到明天上午有大到暴雨",
    "body_zh": "市气象台预计，今天20时至明天11时我市大部有大到暴雨，宿城、宿豫局部雨量可达120毫米。\n"
    "请远离低洼路段和下穿通道，非必要不外出；地下车库请提前备好挡水板。\n抢险电话：12345。",
    "title_en": "Orange rain warning for tonight and tomorrow morning",
    "body_en": "Heavy rain is expected until 11 o'clock tomorrow. Keep away from low roads and underpasses.",
    "urgency": "high",
}
OUTAGE = {
    "topics": ["outage"],
    "title_zh": "11月26日8时至17时项王小区停水检修",
    "body_zh": "因更换主供水阀门，项王小区1至18幢停水，请提前储水。恢复供水后请放水两分钟再饮用。",
}
POLICY = {
    "topics": ["policy", "area-321322"],
    "title_zh": "沭阳县高校毕业生一次性创业补贴开始受理",
    "body_zh": "毕业五年内首次创业、带动就业满六个月的，可申领一次性创业补贴。",
}


def _prepare(town: Town, desk: Devices) -> Prepared:
    writer, decider, reader = desk(), desk(), citizen(town, desk)
    town.sign_in_official(writer, "system_manager", "321300", app="desk")
    town.sign_in_account(decider, "supervisor-1", app="desk")
    writes, decides = (Caller.of(page, town, "通知").phone for page in (writer, decider))
    names = {}
    for name, body in (("outage", OUTAGE), ("rain", RAIN), ("policy", POLICY)):
        names[name] = writes.call("POST", "/alert-desk/alerts", expect=201, json=body).json()["id"]
    for name in ("outage", "rain"):
        _act(decides, names[name], "decision", {"agree": True})
    _act(writes, names["outage"], "withdrawal", {"comment": "检修改期，时间另行通知"})
    return Prepared({"writer": writer, "decider": decider, "reader": reader}, names)


def _act(phone: Phone, alert: str, act: str, body: dict[str, Any]) -> None:
    etag = phone.call("GET", f"/alert-desk/alerts/{alert}").headers["ETag"]
    phone.call("POST", f"/alert-desk/alerts/{alert}/{act}", etag=etag, json=body)


def _write(page: Page, _: Prepared) -> None:
    for topic in ("道路交通管制", "宿城区"):
        page.get_by_label(topic, exact=True).check()
    page.get_by_label("标题", exact=True).fill("洪泽湖路半程马拉松临时交通管制")
    page.get_by_label("正文", exact=True).fill(
        "11月29日6时至12时，洪泽湖路、西湖路部分路段禁止机动车通行，请绕行发展大道。"
    )
    expect(page.get_by_text("今天还可以发")).to_be_visible()


def _choose(page: Page, _: Prepared) -> None:
    page.get_by_role("switch", name="气象与灾害预警").click()
    expect(page.get_by_role("switch", name="气象与灾害预警", checked=True)).to_be_visible()


AREA = Area(
    "alerts",
    "通知公告 Notices of the city",
    74,
    _prepare,
    (
        Screen("home", "A fresh notice on the first screen", "/palm/", "暴雨橙色预警", "reader"),
        Screen("list", "What was sent, also what was taken back", "/palm/alerts", "已撤回", "reader"),
        Screen("one", "A notice, opened from the push", "/palm/alerts/{rain}", "抢险电话", "reader"),
        Screen("back", "A notice that was taken back", "/palm/alerts/{outage}", "检修改期", "reader"),
        Screen("topics", "What to hear of", "/palm/alerts/topics", "停水停电停气", "reader", _choose),
        Screen("desk", "Notices at the desk", "/desk/notices", "待核发", "writer"),
        Screen("write", "Whom it reaches, before it is handed in", "/desk/notices/new", "提交核发", "writer", _write,
               whole=True),
        Screen("decide", "The second person decides", "/desk/notices/{policy}", "核发并推送", "decider", whole=True),
        Screen("sent", "A notice that was sent", "/desk/notices/{rain}", "覆盖", "decider", whole=True),
    ),
)  # fmt: skip
