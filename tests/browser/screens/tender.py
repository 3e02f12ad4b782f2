"""Tenders on the phone: information for everybody, and the bidder's path to the opening."""

from __future__ import annotations

import re
import secrets

from playwright.sync_api import Page, expect

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.tendering import Tendering
from tests.browser.town import Town

BIDDER = f"1380529{secrets.randbelow(10**4):04d}"
COMPANY = "江苏楚风古黄河市政园林建设工程有限公司"
PROJECT = "宿迁市幸福北路（通湖大道至古黄河大桥段）道路提升改造及雨污水管网、照明、绿化配套工程施工"
INVITED = "宿迁市应急指挥中心（含备份机房）专用设备采购及安装"


def _prepare(town: Town, desk: Devices) -> Prepared:
    tendering, bidder = Tendering(town.running), desk()
    town.sign_in(bidder, BIDDER, app="tender")
    names = tendering.played() | {"company": tendering.company(BIDDER, COMPANY)}
    tendering.subscribed(BIDDER, "道路提升")
    running = tendering.called(PROJECT)
    names["invitation"] = tendering.invited(INVITED, names["company"])
    names |= {"project": running["project_id"], "section": running["section_id"]}
    return Prepared({"visitor": desk(), "bidder": bidder}, names)


def _filter(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="筛选").click()


def _accept(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="接受邀请，获取招标文件").click()


def _accepted(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="确认接受").click()


def _take(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="获取招标文件").click()


def _hand_in(page: Page, _: Prepared) -> None:
    page.get_by_label("投标报价（元）").fill("96800.50")
    page.get_by_label("工期或交付期（天）").fill("170")
    papers = {"name": "投标文件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + secrets.token_bytes(9000)}
    page.get_by_label("选择投标文件").set_input_files([papers])  # type: ignore[list-item]
    page.get_by_role("button", name="加密并递交").click()
    expect(page.get_by_text(re.compile("签名有效"))).to_be_visible()


AREA = Area(
    "tender",
    "Tenders and sealed bids",
    40,
    _prepare,
    (
        Screen("list", "All tenders, by category, with what is left until the deadline", "/tender/tenders", "招标信息"),
        Screen("filter", "By region, amount, deadline and state", None, "多久截止", then=_filter),
        Screen("nothing", "Nothing fits: other words, or be told", "/tender/tenders?q=zzz", "没有符合条件的项目"),
        Screen(
            "project",
            "A project: countdown by the platform's time, sections, one line of time",
            "/tender/tenders/{project}",
            "项目全程",
            whole=True,
        ),
        Screen("won", "The same after the award", "/tender/tenders/{played}", "中标人", whole=True),
        Screen(
            "subscription", "What to be told of, and how", "/tender/tender-subscriptions/new", "怎么告诉我", "bidder"
        ),
        Screen("subscriptions", "Saved searches", "/tender/tender-subscriptions", "道路提升", "bidder"),
        Screen("alerts", "Each alert says why it came", "/tender/tender-alerts", "因为您订阅了", "bidder"),
        Screen(
            "company",
            "Company, papers with their expiry, who may act",
            "/tender/bids/companies/{company}",
            "资质材料",
            "bidder",
        ),
        Screen("invited", "To what my company is invited", "/tender/bids", "投标邀请", "bidder"),
        Screen(
            "invitation",
            "An invitation, for the invited only",
            "/tender/bids/invitations/{invitation}",
            "不参加投标",
            "bidder",
            whole=True,
        ),
        Screen("accept", "Accepted with a second look", None, "确认接受", "bidder", _accept),
        Screen("accepted", "Accepted: the way to the bid room", None, "进入投标室", "bidder", _accepted),
        Screen(
            "room",
            "The bid room before the documents were taken, with the rule of the deadline",
            "/tender/tenders/sections/{section}/room?project={project}",
            "截止那一刻怎么算",
            "bidder",
            whole=True,
        ),
        Screen("bid", "Price and files, sealed on the phone", None, "加密并递交", "bidder", _take, whole=True),
        Screen("receipt", "The signed receipt, checked on the phone", None, "签名有效", "bidder", _hand_in, whole=True),
        Screen("bids", "What my company takes part in", "/tender/bids", "已递交，密封中", "bidder"),
        Screen(
            "before",
            "Before the opening nobody sees anything",
            "/tender/tenders/sections/{section}/opening?project={project}",
            "还没到时间",
        ),
        Screen(
            "opening",
            "Read out: every bid, one with a lawful reason why it stayed shut, and a signature",
            "/tender/tenders/sections/{played_section}/opening?project={played}",
            "开标记录的签名有效",
            whole=True,
        ),
    ),
)
