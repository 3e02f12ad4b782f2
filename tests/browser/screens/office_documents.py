"""Official documents: list, page with story and receipts, instruction, writing, register of numbers."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from config.demo.phone import Phone
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import BUREAU, Caller
from tests.browser.town import Town

TITLE = "关于印发全市政务服务“高效办成一件事”重点事项清单和窗口延时服务实施办法的通知"
BODY = (
    "为进一步优化营商环境，方便企业和群众办事，现将重点事项清单和实施办法印发给你们，请认真组织实施。\n"
    "各科室要加强组织领导，明确责任分工，细化工作措施，确保各项任务按时保质完成。\n"
    "请于月底前报送落实情况。"
)
_made: dict[int, dict[str, str]] = {}


def act(phone: Phone, document: str, action: str, **fields: Any) -> None:
    """One act on the document as it is now."""
    etag = phone.call("GET", f"/documents/{document}").headers["ETag"]
    phone.call("POST", f"/documents/{document}/actions", etag=etag, json={"action": action, **fields})


def _documents(clerk: Phone, leader: Phone, people: dict[str, str]) -> dict[str, str]:
    """One that is distributed and half read, one that waits for the leader's instruction, one that was handled."""
    draft = {"kind": "notice", "title": TITLE, "body": BODY, "recipients": "各科室、各直属单位", "urgency": "urgent"}
    sent: str = clerk.call("POST", "/documents", json=draft, expect=201).json()["id"]
    act(clerk, sent, "submit", checker_id=people["leader"], leader_id=people["leader"])
    act(leader, sent, "check", opinion="文字已核，同意送签。")
    act(leader, sent, "issue", opinion="同意印发。")
    act(clerk, sent, "recheck")
    act(clerk, sent, "distribute", people=[people["leader"], people["handler"]])
    came = {
        "sender": "江苏省政务服务管理办公室", "kind": "notice", "number": "苏政务办发[2026]31号",
        "urgency": "extra_urgent",
        "title": "关于开展政务服务窗口作风建设专项检查的紧急通知", "body": "请各市于三日内报送自查情况。",
    }  # fmt: skip
    waits: str = clerk.call("POST", "/documents/incoming", json=came, expect=201).json()["id"]
    act(clerk, waits, "register")
    act(clerk, waits, "propose", opinion="拟请审批服务科牵头自查，请领导批示。", leader_id=people["leader"])
    return {"sent": sent, "waits": waits}


def _prepare(town: Town, desk: Devices) -> Prepared:
    clerk, leader = desk(), desk()
    town.sign_in_official(clerk, "document_clerk", BUREAU, "palm")
    boss = town.sign_in_official(leader, "approver", BUREAU, "palm")
    handler = town.official("window_clerk", BUREAU)
    if id(town) not in _made:
        people = {"leader": boss["id"], "handler": handler["id"]}
        phones = Caller.of(clerk, town, "clerk").phone, Caller.of(leader, town, "leader").phone
        _made[id(town)] = _documents(*phones, people)
    return Prepared({"visitor": desk(), "clerk": clerk, "leader": leader}, _made[id(town)])


def _instruct(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="批示", exact=True).click()


STROKES = (((0.30, 0.62), (0.34, 0.66), (0.44, 0.58)), ((0.50, 0.66), (0.56, 0.60), (0.62, 0.66), (0.70, 0.62)))


def write_by_hand(page: Page) -> None:
    """Two strokes on the page, as a finger or a mouse makes them."""
    page.get_by_role("button", name="手写批注").click()
    sheet = page.locator(".sheet")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    for stroke in STROKES:
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=4)
        page.mouse.up()
    expect(page.get_by_role("button", name="撤掉一笔")).to_be_visible()


def _write(page: Page, _: Prepared) -> None:
    expect(page.locator("canvas")).to_be_visible()
    write_by_hand(page)


AREA = Area(
    "documents",
    "Official documents",
    56,
    _prepare,
    (
        Screen("list", "What waits for me, and what I was given", "/palm/documents", "紧急通知", "leader"),
        Screen("waits", "One that waits for an instruction", "/palm/documents/{waits}", "批示", "leader", whole=True),
        Screen("instruct", "Instructing: who handles it, by when", None, "主办人", "leader", _instruct),
        Screen("sent", "Numbered and distributed: receipts and story", "/palm/documents/{sent}", "阅知回执", "clerk",
               whole=True),
        Screen("pages", "The printed page, with notes by hand over it", "/palm/documents/{sent}/pages", "文字批注",
               "leader", _write, whole=True),
        Screen("write", "Writing one", "/palm/documents/new", "主送机关", "clerk", whole=True),
        Screen("receive", "Signing for what came on paper", "/palm/documents/receive", "来文单位", "clerk", whole=True),
        Screen("numbers", "The register of numbers", "/palm/documents/numbers", "编号连续", "clerk"),
    ),
)  # fmt: skip
