"""The tenderer's desk and the openers' screens: what may be published and why not, a notice with the law beside its
dates, the review, questions, objections, the key, and an opening from the first share to the signed record."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller
from tests.browser.tendering import BUREAU, Tendering
from tests.browser.town import Town

RUNNING = "宿迁市洋河新区幸福北路（通湖大道至古黄河大桥段）道路提升改造及雨污水管网、照明、绿化配套工程施工"
HELD, FRESH = "泗洪县农村公路安全生命防护工程", "宿城区老旧小区燃气管道更新改造工程"
_stage: dict[str, Any] = {}


def _prepare(town: Town, desk: Devices) -> Prepared:
    editor, reviewer, opener, second = desk(), desk(), desk(), desk()
    town.sign_in_official(editor, "tender_editor", BUREAU, app="desk")
    town.sign_in_official(reviewer, "tender_reviewer", BUREAU, app="desk")
    town.sign_in_account(opener, "tender-opener-1", app="desk")
    town.sign_in_account(second, "tender-opener-2", app="desk")
    tendering = Tendering(town.running)
    running, held = tendering.at_bureau(RUNNING, HELD)
    names = {"running": running["project_id"], "section": running["section_id"], "held": held["project_id"]}
    names |= _enter(editor, town)
    _stage.update(tendering=tendering, running=running)
    return Prepared({"editor": editor, "reviewer": reviewer, "opener": opener, "second": second}, names)


def _enter(editor: Page, town: Town) -> dict[str, str]:
    """A project without a key, and a change of the running one that waits for review."""
    phone = Caller.of(editor, town, "经办").phone
    unit = town.official("tender_editor", BUREAU)["grants"][0]["organisation_id"]
    sections = [{"name": name, "estimate_fen": 3_600_000_00} for name in ("一标段 管道施工", "二标段 监理")]
    facts = {"category": "works", "region_code": "321302", "law": "tender_law", "method": "open"}
    body = {"organisation_id": unit, "name": FRESH, "sections": sections, **facts}
    made = phone.call("POST", "/tender-desk/projects", expect=201, json=body).json()
    about = phone.get("/tender-desk/projects")["items"]
    running = next(row["id"] for row in about if row["name"] == RUNNING)
    content = {"content": "工程量清单第 12 项管径由 DN300 改为 DN400，详见附件。", "affects_bids": True}
    body = {"kind": "change_notice", "section_ids": [], "content": content}
    draft = phone.call("POST", f"/tender-desk/projects/{running}/notices", expect=201, json=body)
    path = f"/tender-desk/notices/{draft.json()['id']}"
    phone.call("POST", f"{path}/submit", etag=draft.headers["ETag"], json={})
    return {"fresh": made["id"], "fresh_section": made["sections"][0]["id"], "notice": draft.json()["id"]}


def _today(page: Page, _: Prepared) -> None:
    for _ in range(6):
        page.keyboard.press("j")


def _write(page: Page, _: Prepared) -> None:
    page.get_by_label("内容", exact=True).fill("更新改造燃气管道 12.6 公里，惠及 38 个小区。")
    page.get_by_label("文件获取开始").fill(_day(1))
    page.get_by_label("文件获取截止").fill(_day(9))
    page.get_by_label("投标截止（即开标时间）").fill(_day(15))
    expect(page.get_by_text(re.compile("自文件发出至投标截止：不得早于"))).to_be_visible()


def _day(days: int) -> str:
    return f"{datetime.now(ZoneInfo('Asia/Shanghai')) + timedelta(days=days):%Y-%m-%d}T09:30"


def _make_key(page: Page, _: Prepared) -> None:
    people = page.get_by_label("开标人", exact=True)
    for place in range(3):
        people.nth(place).select_option(index=place + 1)
    page.get_by_role("button", name="生成密钥").click()
    expect(page.get_by_role("button", name="取走这一份")).to_have_count(3)


def _deadline(page: Page, _: Prepared) -> None:
    _stage["tendering"].deadline_comes(_stage["running"])
    page.reload()
    page.get_by_label("或粘贴份额").fill(_stage["running"]["shares"][0])
    expect(page.get_by_text("与登记的校验值一致")).to_be_visible()


def _open(page: Page, prepared: Prepared) -> None:
    first = prepared.pages["opener"]
    first.get_by_role("button", name="交来份额").click()
    expect(first.get_by_text("还差 1 份", exact=False)).to_be_visible()
    page.get_by_label("或粘贴份额").fill(_stage["running"]["shares"][1])
    page.get_by_role("button", name="交来份额").click()
    expect(page.get_by_text("开标记录的签名有效", exact=False)).to_be_visible()


def _rank(page: Page, _: Prepared) -> None:
    bidders = page.get_by_role("group", name="中标候选人").get_by_role("button")
    for place in (2, 0, 1):
        bidders.nth(place).click()
    page.get_by_label("收到评标报告日期").fill(_day(0)[:10])
    page.get_by_label("公示截止").fill(_day(1))
    expect(page.get_by_text(re.compile("候选人公示期：不得早于"))).to_be_visible()


_DESK = "/desk/tenders"
AREA = Area(
    "tenderdesk",
    "The tenderer's desk and the openers",
    45,
    _prepare,
    (
        Screen("list", "One's projects, and what waits in each", _DESK, "1 件异议待答复", "editor"),
        Screen("new", "A project with its sections", f"{_DESK}/new", "投标人须提交的资质材料", "editor", whole=True),
        Screen(
            "dates", "What may be published now, and why not", f"{_DESK}/{{fresh}}", "尚未生成", "editor", whole=True
        ),
        Screen(
            "calendar",
            "Every act with its first and last day, its article, and why not now",
            f"{_DESK}/{{held}}",
            "答复前招标活动暂停",
            "editor",
            _today,
            whole=True,
        ),
        Screen(
            "write",
            "A notice, with the law beside its dates",
            f"{_DESK}/{{fresh}}/write/tender_notice?section={{fresh_section}}",
            "法定期限",
            "editor",
            _write,
            whole=True,
        ),
        Screen(
            "review",
            "A second person reads, then publishes",
            f"{_DESK}/{{running}}/notices/{{notice}}",
            "复核通过，发布",
            "reviewer",
        ),
        Screen("questions", "Answers go to everybody", f"{_DESK}/{{running}}?tab=questions", "答复所有人", "editor"),
        Screen(
            "objections",
            "An objection holds everything until it is answered",
            f"{_DESK}/{{held}}?tab=objections",
            "异议是否成立",
            "editor",
            whole=True,
        ),
        Screen(
            "key",
            "The key is made here and split among three",
            f"{_DESK}/{{fresh}}/sections/{{fresh_section}}/key",
            "三位开标人",
            "editor",
            _make_key,
            whole=True,
        ),
        Screen("openings", "The sections whose bids one opens", "/desk/openings", "由您保管", "opener"),
        Screen("before", "Nobody earlier", "/desk/openings/{section}", "任何人不得提前开标", "opener"),
        Screen("share", "A share is checked here before it is brought", None, "密钥份额", "opener", _deadline),
        Screen(
            "record",
            "With the second share: read out and signed",
            "/desk/openings/{section}",
            "密钥份额",
            "second",
            _open,
        ),
        Screen("bids", "The opened bids; each look is recorded", f"{_DESK}/{{running}}?tab=bids", "共 3 份", "editor"),
        Screen(
            "candidates",
            "Candidates in their order, on display long enough",
            f"{_DESK}/{{running}}/write/candidate_notice?section={{section}}",
            "按排名先后",
            "editor",
            _rank,
            whole=True,
        ),
    ),
)
