"""What answered questions leave behind, at the hotline's desk: the knowledge base, what everybody may
read, hot topics."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from config.demo.phone import Phone
from tests.browser import hotline
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller
from tests.browser.town import Town

UNIT = "321300CG"
ENTRY = {
    "title": "户外广告和店招设置怎样申请",
    "question": "新开的店想做门头招牌，需要办什么手续？",
    "answer": "在门楣上方设置、面积不超过十平方米的店招实行告知承诺，网上提交效果图即可；更大的需办理设置许可。",
    "keywords": ["店招", "招牌", "户外广告"],
    "law_basis": "《城市市容和环境卫生管理条例》第十一条",
}
ASKED = "我叫张建国，住锦绣小区3号楼502室，电话13805271423，请问楼道里停放电动车归谁管？"
ANSWER = "张建国先生，楼道内停放电动车由消防和物业共同劝导处置，拒不改正的可拨打96119举报，本小区已设集中充电棚。"
OTHERS = (
    "路灯坏了三天没人修，晚上很黑。",
    "路灯不亮，老人摔了一跤。",
    "小区垃圾三天没有清运。",
    "工地夜里施工太吵睡不着。",
)


def _prepare(town: Town, desk: Devices) -> Prepared:
    leader = desk()
    town.sign_in_official(leader, "hotline_leader", hotline.CENTRE, app="desk")
    phone = Caller.of(leader, town, "班长").phone
    handler, deputy = (hotline.Post(town, leader, role, UNIT) for role in ("inquiry_handler", "inquiry_deputy"))
    made = phone.call("POST", "/knowledge", expect=201, json={**ENTRY, "owner_id": handler.organisation_id})
    entry = made.json()["id"]
    phone.call("POST", f"/knowledge/{entry}/state", etag=made.headers["ETag"], json={"state": "published"})
    for place, words in enumerate(OTHERS):
        body = {"words": words, "place": {"words": "", "area_code": "321302" if place % 2 else "321311"}}
        phone.call("POST", "/hotline/orders", expect=201, json=body)
    order = phone.call("POST", "/hotline/orders", expect=201, json={"words": ASKED}).json()["id"]
    _act(phone, order, "dispatch", unit_id=handler.organisation_id)
    handler.act(order, "sign")
    handler.act(
        order, "submit_reply", text=ANSWER, law_basis="《高层民用建筑消防安全管理规定》", resolution="explained"
    )
    deputy.act(order, "sign_off")
    _act(phone, order, "pass_review")
    _act(phone, order, "call_back", reached=True, contacted=True, solved=True, satisfied=True)
    phone.call("POST", f"/hotline/orders/{order}/publication", expect=201, json={})
    return Prepared({"leader": leader}, {"entry": entry, "order": order})


def _act(phone: Phone, order_id: str, action: str, **fields: object) -> None:
    path = f"/hotline/orders/{order_id}"
    etag = phone.call("GET", path).headers["ETag"]
    phone.call("POST", f"{path}/actions", etag=etag, json={"action": action, **fields})


def _edit(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="修改").click()
    expect(page.get_by_role("button", name="保存为新版本")).to_be_visible()


def _unread(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="确认公开").first.click()


AREA = Area(
    "knowledge",
    "What the hotline's answers leave behind",
    62,
    _prepare,
    (
        Screen("entries", "The knowledge base, by words or pinyin", "/desk/knowledge", ENTRY["title"], "leader"),
        Screen(
            "entry", "An entry: owner, validity, versions", "/desk/knowledge/{entry}", "历次版本", "leader", whole=True
        ),
        Screen("change", "A new version", None, "关键词", "leader", _edit, whole=True),
        Screen("closed", "One step from a closed order", "/desk/orders/{order}", "转为知识条目", "leader"),
        Screen("publish", "Nothing goes out unread", "/desk/publications", "请先通读", "leader", _unread, whole=True),
        Screen("hot", "Topics by week, as a picture and a table", "/desk/hot-topics", "合计", "leader", whole=True),
    ),
)
