"""The unit's side of the hotline in the approval app: to-dos by time left, an order, the forms of what a unit does."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import hotline
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller
from tests.browser.town import Town

UNIT = "321300CG"
BRIDGE = "发展大道与洪泽湖路交叉口人行天桥的扶手断了一截，上下学的孩子多，请尽快修好，最好同时检查其他几座天桥。"
SMOKE = "府苑小区北门烧烤店每晚把油烟直接排向居民楼，开不了窗，向店主反映过三次都没有用。"
SECRET = "举报某公司夜间把建筑垃圾倒进河道，请不要透露我的姓名。"
LEAK = "平安路菜场门口的窨井盖碎了，有老人差点掉下去，情况紧急，请马上派人处理。"
ANSWER = "经现场查看，扶手断裂约一米二，已于今日焊接加固并刷漆；其余六座天桥本周内逐一检查。"
LAW = "《城市道路管理条例》第二十三条"


def _prepare(town: Town, desk: Devices) -> Prepared:
    handler, deputy, watcher = desk(), desk(), desk()
    town.sign_in_official(handler, "inquiry_handler", UNIT, app="approval")
    town.sign_in_official(deputy, "inquiry_deputy", UNIT, app="approval")
    dispatcher = hotline.Post(town, watcher, "hotline_dispatcher", hotline.CENTRE)
    unit = Caller.of(handler, town, "经办").phone
    account = town.official("inquiry_handler", UNIT)
    unit_id = next(one["organisation_id"] for one in account["grants"] if one["role"] == "inquiry_handler")
    names = {}
    for name, words in {"bridge": BRIDGE, "smoke": SMOKE, "secret": SECRET, "leak": LEAK}.items():
        body = {"words": words, "caller": {"name": "吴女士", "phone": "+8613805271499"}, "place": {"words": words[:6]}}
        body |= {"request_type": "report"} if name == "secret" else {}
        body |= {"urgency": "urgent"} if name == "leak" else {}
        names[name] = dispatcher.phone.call("POST", "/hotline/orders", expect=201, json=body).json()["id"]
        dispatcher.act(names[name], "dispatch", unit_id=unit_id)
    for name in ("bridge", "smoke"):
        act(unit, names[name], "sign")
    answer = {"text": ANSWER, "law_basis": LAW, "resolution": "solved"}
    act(unit, names["bridge"], "submit_reply", **answer)
    return Prepared({"visitor": watcher, "handler": handler, "deputy": deputy}, names)


def act(unit: hotline.Phone, order_id: str, action: str, **fields: object) -> None:
    """One act of the unit on the order as it stands."""
    path = f"/inquiries/handling/{order_id}"
    etag = unit.call("GET", path).headers["ETag"]
    unit.call("POST", f"{path}/actions", etag=etag, json={"action": action, **fields})


def _opens(button: str, shows: str) -> Screen:
    def then(page: Page, _: Prepared) -> None:
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()

    name = {"写答复": "reply", "申请延期": "extension", "申请退单": "return"}[button]
    line = {"reply": "An answer, with law and papers", "extension": "More time, once", "return": "Not our duty"}[name]
    path = ORDER.format(of="{leak}" if name == "return" else "{smoke}")
    return Screen(name, line, path, shows, "handler", then)


def _done(page: Page, _: Prepared) -> None:
    page.get_by_text("已办", exact=True).click()


ORDER = "/approval/inquiries/handling/{of}"
AREA = Area(
    "orders",
    "The hotline's orders in a unit",
    61,
    _prepare,
    (
        Screen("todo", "Orders by time left", "/approval/inquiries/handling", "请签收", "handler"),
        Screen("order", "An order to sign for", ORDER.format(of="{leak}"), "签收", "handler", whole=True),
        Screen("secret", "A report hides its caller", ORDER.format(of="{secret}"), "依法保密", "handler"),
        _opens("写答复", "法律政策依据"),
        _opens("申请延期", "延长天数"),
        _opens("申请退单", "退单理由"),
        Screen("approve", "The leader approves", ORDER.format(of="{bridge}"), "签批同意", "deputy", whole=True),
        Screen("none", "Nothing was done yet", "/approval/inquiries/handling", "已办", "deputy", _done),
    ),
)
