"""A tenderer's desk: a notice is written with the law beside its dates, read by a second person, published and seen
by everybody; a question is answered to all without the asker's name; no share of the key reaches the platform."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from backend.tenders.rules import sealing, shamir
from tests.browser.conftest import Devices
from tests.browser.looking import check_axe, hold_still
from tests.browser.screens.people import Caller
from tests.browser.tendering import BUREAU, QUESTION
from tests.browser.town import Town

pytestmark = pytest.mark.slow

PROJECT, SECTION = f"洋河新区滨河路{secrets.randbelow(10**4):04d}号桥维修加固工程", "一标段施工"
BIDDER, COMPANY = "13805270003", "宿迁宏远建设工程有限公司"
ANSWER = "可以合并计算，须附联合体协议和各方业绩证明。"
CALL = {
    "内容": "桥梁维修加固，桥长 86 米，工期 120 天。",
    "招标范围": "施工图范围内全部内容",
    "投标人资格": "市政公用工程施工总承包二级及以上",
    "资金来源": "财政资金",
    "联合体投标": "不接受",
    "文件获取方式": "登录本平台免费获取",
    "投标递交方式": "在本平台加密递交",
    "联系人和电话": "李工 0527-84360000",
}


def test_a_notice_is_written_reviewed_and_published_and_a_question_answered(
    desk: Devices, phone: Devices, town: Town
) -> None:
    editor, reviewer, bidder = desk(), desk(), phone()
    town.sign_in_official(editor, "tender_editor", BUREAU, app="desk")
    town.sign_in_official(reviewer, "tender_reviewer", BUREAU, app="desk")
    town.sign_in(bidder, BIDDER)
    project = entered(editor, town)
    make_key(editor, town, project)
    write(editor)
    publish(reviewer)
    bidder.goto(f"/palm/tenders/{project}")
    expect(bidder.get_by_role("heading", name=PROJECT)).to_be_visible()
    expect(bidder.get_by_role("timer").first).to_contain_text(re.compile(r"2[3-5] 天"))
    ask(bidder, town, project)
    answer(editor)
    bidder.reload()
    bidder.get_by_text("答疑（1 条）").click()
    expect(bidder.get_by_text(ANSWER)).to_be_visible()
    expect(bidder.get_by_text(COMPANY)).to_have_count(0)


def entered(editor: Page, town: Town) -> str:
    """A project, entered by the interface that the form uses; its id."""
    caller = Caller.of(editor, town, "经办").phone
    account = town.official("tender_editor", BUREAU)
    body = {
        "organisation_id": account["grants"][0]["organisation_id"],
        "name": PROJECT,
        "category": "works",
        "region_code": "321302",
        "law": "tender_law",
        "method": "open",
        "sections": [{"name": SECTION, "estimate_fen": 800_000_00}],
    }
    found: str = caller.call("POST", "/tender-desk/projects", expect=201, json=body).json()["id"]
    return found


def make_key(editor: Page, town: Town, project: str) -> None:
    """The key is made in the browser; three openers take a share each; any two are the key, the platform has none."""
    editor.goto(f"/desk/tenders/{project}")
    call = editor.get_by_role("listitem").filter(has_text="发布招标公告")
    expect(call.get_by_text("尚未生成开标密钥", exact=False)).to_be_visible()
    hold_still(editor)
    check_axe(editor, "the calendar of lawful dates")
    editor.keyboard.press("j")
    expect(call).to_be_focused()
    editor.get_by_role("link", name="生成开标密钥").click()
    people = editor.get_by_label("开标人", exact=True)
    expect(people).to_have_count(3)
    for place in range(3):
        people.nth(place).select_option(index=place + 1)
    editor.get_by_role("button", name="生成密钥").click()
    shares = [_taken(editor) for _ in range(3)]
    editor.get_by_role("button", name="登记公钥").click()
    expect(editor.get_by_role("link", name="起草招标公告")).to_be_visible()
    ((public_key, held),) = town.running.query(
        "SELECT public_key, (SELECT count(share) FROM tenders_opener o WHERE o.section_id = s.id)"
        " FROM tenders_section s WHERE project_id = %(id)s",
        {"id": project},
    )
    assert held == 0
    for two in (shares[:2], shares[1:], shares[::2]):
        whole = shamir.combine([bytes.fromhex(share) for share in two])
        assert sealing.public_of(whole) == bytes(public_key)


def _taken(editor: Page) -> str:
    with editor.expect_download() as handed:
        editor.get_by_role("button", name="取走这一份").first.click()
    return re.findall(r"^[0-9a-f]{66}$", handed.value.path().read_text(encoding="utf-8"), re.MULTILINE)[0]


def write(editor: Page) -> None:
    """A date that is too early is told at once, with the article; then the draft goes to a second person."""
    editor.get_by_role("link", name="起草招标公告").click()
    for label, words in CALL.items():
        editor.get_by_label(label, exact=True).fill(words)
    editor.get_by_label("文件获取开始").fill(f"{_now():%Y-%m-%dT%H:%M}")
    editor.get_by_label("文件获取截止").fill(_day(8))
    deadline = editor.get_by_label("投标截止（即开标时间）")
    deadline.fill(_day(15))
    expect(editor.get_by_text(re.compile("自文件发出至投标截止：不得早于.*第二十四条"))).to_be_visible()
    check_axe(editor, "a notice with a date too early")
    deadline.fill(_day(25))
    expect(editor.get_by_text(re.compile("不得早于"))).to_have_count(0)
    editor.keyboard.press("Alt+Enter")
    expect(editor.get_by_text("等待另一位同事复核", exact=False)).to_be_visible()


def _day(days: int) -> str:
    return f"{_now() + timedelta(days=days):%Y-%m-%d}T09:30"


def _now() -> datetime:
    return datetime.now(ZoneInfo("Asia/Shanghai"))


def publish(reviewer: Page) -> None:
    """Found in the list, read, and published by a key."""
    reviewer.goto("/desk/tenders")
    hold_still(reviewer)
    reviewer.get_by_role("row").filter(has_text=PROJECT).get_by_role("link", name="1 份公告待复核").click()
    reviewer.get_by_role("link", name=re.compile("招标公告")).click()
    expect(reviewer.get_by_role("button", name="复核通过，发布")).to_be_visible()
    expect(reviewer.get_by_text("招标投标法第二十四条")).to_be_visible()
    reviewer.keyboard.press("p")
    expect(reviewer.get_by_text("公告已发布，不再修改", exact=False)).to_be_visible()


def ask(bidder: Page, town: Town, project: str) -> None:
    """A bidder takes the documents and asks, by the interface that the bid room uses."""
    phone = Caller.of(bidder, town, "投标人").phone
    ((section,),) = town.running.query(
        "SELECT id::text FROM tenders_section WHERE project_id = %(id)s", {"id": project}
    )
    (company,) = (one["id"] for one in phone.get("/tenders/companies")["items"] if one["name"] == COMPANY)
    phone.call("POST", f"/tenders/sections/{section}/documents", expect=201, json={"company_id": company})
    body = {"company_id": company, "text": QUESTION}
    phone.call("POST", f"/tenders/sections/{section}/questions", expect=201, json=body)


def answer(editor: Page) -> None:
    """Found in the list, answered by the keyboard; nobody learns who asked."""
    editor.goto("/desk/tenders")
    hold_still(editor)
    editor.get_by_role("row").filter(has_text=PROJECT).get_by_role("link", name="1 个提问待答复").click()
    expect(editor.get_by_text(QUESTION)).to_be_visible()
    expect(editor.get_by_text(COMPANY)).to_have_count(0)
    editor.get_by_label("答复").fill(ANSWER)
    editor.keyboard.press("Alt+Enter")
    expect(editor.get_by_text(re.compile(r"\d 答复$"))).to_be_visible()
