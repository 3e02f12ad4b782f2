"""The hotline's desk: a call and its registration, the list, orders at the points where the hotline decides, the
wallboard, the hand-over."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from config.demo.phone import Phone
from tests.browser import hotline
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller
from tests.browser.town import Town
from tests.payloads.twilio import new_sid

UNIT, ROADS = "321300CG", "321300JT"
CALLER = "+8613805271477"
LAMP = "幸福路和平小区东门的路灯坏了三天，晚上一片漆黑，老人孩子出门不安全，请尽快维修。"
GAS = "项王小区三号楼门口闻到很重的燃气味，请马上派人来看。"
SECRET = "举报某公司拖欠二十名工人三个月工资，请不要透露我的姓名。"
STALLS = "楚街夜市烧烤摊占道经营，油烟和噪声每天到凌晨两点，孩子没法睡觉，反映过两次都没有解决。"
RUBBISH = "平安路菜场后门垃圾堆了一个星期没有人清运，臭气很大，附近居民不敢开窗。"
STREET = "请问沿街店铺门前可以摆放花架吗？需要办什么手续？"
ENTRY = {
    "title": "店铺门前摆放物品的规定",
    "question": "沿街店铺门前可以摆放物品吗？",
    "answer": "主干道两侧不得占道摆放；其他道路经街道办事处同意可以在门前一米内摆放花架，不收费用，当天答复。",
    "keywords": ["门前", "花架", "占道"],
    "topic_code": "city.look.stalls",
    "law_basis": "《江苏省城市市容和环境卫生管理条例》第二十四条",
}
NOTE = "燃气险情一件已转派单，请下一班每半小时核实一次到场情况；平安路菜场垃圾退单由班长审定。"
_calls: list[str] = []


def _prepare(town: Town, desk: Devices) -> Prepared:
    operator, leader = desk(), desk()
    town.sign_in_official(operator, "hotline_operator", hotline.CENTRE, app="desk")
    town.sign_in_official(leader, "hotline_leader", hotline.CENTRE, app="desk")
    handler, deputy = (hotline.Post(town, leader, role, UNIT) for role in ("inquiry_handler", "inquiry_deputy"))
    phone = Caller.of(leader, town, "班长").phone
    _know(handler)
    names = {words: _register(phone, words, name) for words, name in _CALLERS.items()}
    unit = handler.organisation_id
    for words in (STALLS, RUBBISH):
        _act(phone, names[words], "dispatch", unit_id=unit, note="请当日派员查看。")
    form = {"clause": "市政府环卫职责清单第七项", "note": "该菜场由宿城区环卫中心管理，建议改派。"}
    handler.act(names[RUBBISH], "request_return", reason_code="not_our_area", **form)
    handler.act(names[STALLS], "sign")
    answer = "经现场查看，三家烧烤摊确属占道经营，已责令当场清理，油烟净化设备限三日内装好。"
    handler.act(names[STALLS], "submit_reply", text=answer, law_basis=ENTRY["law_basis"], resolution="solved")
    deputy.act(names[STALLS], "sign_off")
    _act(phone, names[STALLS], "pass_review")
    phone.call("POST", "/hotline/handovers", expect=201, json={"note": NOTE})
    _town.append(town)
    return Prepared(
        {"operator": operator, "leader": leader},
        {"returned": names[RUBBISH], "answered": names[STALLS], "urgent": names[GAS]},
    )


_town: list[Town] = []
_CALLERS = {LAMP: "周大爷", GAS: "陈阿姨", SECRET: "王先生", STALLS: "欧阳女士", RUBBISH: "张先生"}


def _register(phone: Phone, words: str, name: str) -> str:
    caller = {"name": name, "phone": CALLER}
    body = {"words": words, "caller": caller, "place": {"words": words[:8], "area_code": "321302"}}
    body |= {"request_type": "report"} if words == SECRET else {}
    found: str = phone.call("POST", "/hotline/orders", expect=201, json=body).json()["id"]
    return found


def _act(phone: Phone, order_id: str, action: str, **fields: object) -> None:
    path = f"/hotline/orders/{order_id}"
    etag = phone.call("GET", path).headers["ETag"]
    phone.call("POST", f"{path}/actions", etag=etag, json={"action": action, **fields})


def _know(handler: hotline.Post) -> None:
    made = handler.phone.call("POST", "/knowledge", expect=201, json={**ENTRY, "owner_id": handler.organisation_id})
    path = f"/knowledge/{made.json()['id']}/state"
    handler.phone.call("POST", path, etag=made.headers["ETag"], json={"state": "published"})


def _ring(page: Page, _: Prepared) -> None:
    _calls.append(new_sid("CA"))
    hotline.ring(_town[-1], _calls[-1], CALLER)
    expect(page.get_by_role("alert", name="来电")).to_be_visible()


def _talk(page: Page, _: Prepared) -> None:
    page.keyboard.press("Alt+A")
    page.get_by_label("来电人说了什么").fill(STREET)
    page.get_by_label("事项分类").press("Escape")
    expect(page.get_by_text("同意公开答复")).to_be_visible()
    entry = page.get_by_role("button", name=ENTRY["title"]).first
    expect(entry).to_be_visible()
    entry.click()
    page.get_by_role("button", name="用这条答复").click()
    hotline.ring(_town[-1], _calls[-1], CALLER, "completed")
    expect(page.get_by_text(re.compile("已挂断"))).to_be_visible()


def _dispatch(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name=re.compile("^派单")).click()
    expect(page.get_by_role("button", name="确认")).to_be_visible()


def _call_back(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name=re.compile("^回访")).click()
    page.get_by_text("已接通").click()
    expect(page.get_by_text("问题解决了吗")).to_be_visible()


def _help(page: Page, _: Prepared) -> None:
    expect(page.get_by_role("link", name=re.compile("路灯")).first).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def _order(name: str, line: str, of: str, ready: str, then: Callable[[Page, Prepared], None] | None = None) -> Screen:
    return Screen(name, line, f"/desk/orders/{{{of}}}", ready, "leader", then, whole=True)


AREA = Area(
    "desk",
    "The hotline's desk",
    60,
    _prepare,
    (
        Screen("home", "What one's post works with", "/desk/", "接听登记", "operator"),
        Screen("pop", "A call comes up over whatever is open", "/desk/orders", "已登记，待派单", "operator", _ring),
        Screen("register", "Words first; the answer is at hand", None, "已挂断", "operator", _talk, whole=True),
        Screen("orders", "All open orders, emergencies on top", "/desk/orders", "已登记，待派单", "leader"),
        Screen("none", "A queue with nothing in it", "/desk/orders?queue=overdue", "没有工单", "leader"),
        _order("dispatch", "The unit suggested, and why", "urgent", "职责清单：此类事项由其负责", _dispatch),
        _order("return", "A unit gives an order back", "returned", "申请退单（第 1 次）"),
        _order("callback", "The three questions", "answered", "问题解决了吗", _call_back),
        Screen("wallboard", "The hotline at a glance", "/desk/wallboard", "正在等候", "leader", whole=True),
        Screen("shift", "The shift is handed over", "/desk/shift", "以往交接", "leader", whole=True),
        Screen("keys", "Every shortcut of the page", "/desk/orders", "快捷键", "leader", _help),
    ),
)
