"""A citizen at the wizard: answers by the words on the screen, papers as a phone photographs them."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import lru_cache

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from config.demo import papers

TEACHER = {
    "通讯地址": "宿迁市宿城区幸福街道青年路88号2幢501室",
    "申请资格种类": "小学",
    "任教学科": "语文",
    "申请地依据": "户籍",
    "最高学历": "本科",
    "毕业学校": "宿迁学院",
    "毕业证书编号": "141601202405001234",
    "普通话等级": "二级甲等",
    "结果领取方式": "邮寄到家",
}
_LAST_QUESTION = re.compile("上传材料")


def begin(page: Page, initials: str, item: str, organisation: str) -> None:
    """From the search by initials to the first question, saying who one is on the way when that is asked."""
    page.goto(f"/palm/powers?q={initials}")
    page.get_by_role("link", name=re.compile(item)).filter(has_text=organisation).first.click()
    page.get_by_role("button", name="在线申请", exact=True).or_(
        page.get_by_role("link", name="在线申请", exact=True)
    ).click()
    start = page.get_by_role("button", name=re.compile("^(开始填写|重新填一份)$"))
    identity = page.get_by_role("button", name="确认身份")
    expect(start.or_(identity)).to_be_visible()
    if identity.is_visible():
        person = papers.person()
        page.get_by_label("姓名").fill(person["name"])
        page.get_by_label("公民身份号码").fill(person["id_number"])
        identity.click()
    start.click()
    expect(page).to_have_url(re.compile("/apply/"))


def answer(page: Page, answers: Mapping[str, str]) -> None:
    """Answer screen after screen until the papers are asked for."""
    step = page.locator("#step")
    place = step.get_by_text(re.compile(r"第 \d+ 步"))
    while not step.get_by_role("heading", level=2, name=_LAST_QUESTION).is_visible():
        before = place.inner_text()
        for label, words in answers.items():
            _answer_one(step, label, words)
        page.get_by_role("button", name="下一步").click()
        expect(place).not_to_have_text(before)


def _answer_one(step: Locator, label: str, words: str) -> None:
    field, group = step.get_by_label(label, exact=True), step.get_by_role("group", name=label, exact=True)
    if group.is_visible():
        group.get_by_text(words, exact=True).click()
    elif field.is_visible():
        field.fill(words)


def paper(page: Page, name: str) -> Locator:
    """The card of a wanted paper."""
    return page.locator("section.material").filter(has=page.get_by_role("heading", name=name, exact=True))


def wanted(page: Page) -> list[str]:
    """The papers that must be given and were not yet."""
    cards = page.locator("section.material").filter(has_text="必交")
    return cards.get_by_role("heading", level=3).all_inner_texts()


def give(page: Page, name: str) -> None:
    """Choose a small photograph for a paper."""
    title, content, kind = papers.photographed(name, ())
    put(page, name, {"name": title, "mimeType": kind, "buffer": content})


def put(page: Page, name: str, file: FilePayload) -> None:
    """Choose this file for a paper."""
    paper(page, name).locator("input[type=file]").last.set_input_files(files=[file])


@lru_cache(maxsize=1)
def large_photograph() -> FilePayload:
    """A picture that stays large when it is made smaller: noise."""
    picture = Image.effect_noise((1400, 1000), 90)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=92)
    return {"name": "身份证正面.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
