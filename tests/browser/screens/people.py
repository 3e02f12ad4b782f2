"""The people whom the screens of the halls show, and their cases: one closed, one asked for more, one new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from config.demo import papers
from config.demo.officials import OPINIONS
from config.demo.phone import Phone
from tests.browser.looking import KEEPS
from tests.browser.screens import Devices
from tests.browser.town import Town

CITIZEN, CLERK, APPROVER = "13805270001", "window_clerk", "approver"
BUREAU, INITIALS = "321300JY", "jszg"
ASKED = ["学历证书：照片下缘被切掉，请把四角拍全后重新上传。", "体格检查证明：缺医院盖章的结论页，请补拍。"]
_made: dict[int, dict[str, str]] = {}


@dataclass
class Caller:
    """Calls the product with the session of a page, as its own scripts do."""

    phone: Phone

    @classmethod
    def of(cls, page: Page, town: Town, name: str) -> Caller:
        """With the access token that the page sends when it is loaded."""
        with page.expect_request(lambda request: "authorization" in request.headers) as seen:
            page.reload()
        phone = Phone(town.running.known["base_url"], name)
        phone.token = seen.value.headers["authorization"].removeprefix("Bearer ")
        return cls(phone)

    def act(self, case: str, action: str, **fields: Any) -> None:
        """One act of an official on the file as it is now."""
        etag = self.phone.call("GET", f"/approval/cases/{case}").headers["ETag"]
        body = {"action": action, "opinion": OPINIONS.get(action, ""), **fields}
        self.phone.call("POST", f"/approval/cases/{case}/actions", etag=etag, json=body)


def citizen(town: Town, desk: Devices, app: str = "palm") -> Page:
    """王小明 at a device."""
    page = desk()
    town.sign_in(page, CITIZEN, app)
    return page


def clerk(town: Town, desk: Devices, app: str = "approval") -> Page:
    """The official who accepts and examines at the city's education bureau, at a device."""
    page = desk()
    town.sign_in_official(page, CLERK, BUREAU, app)
    return page


def cases(town: Town, desk: Devices) -> dict[str, str]:
    """Make the cases, once a product; ids by what they show, and the item's id and address in the open catalogue."""
    if id(town) not in _made:
        _made[id(town)] = _make(town, desk)
    return _made[id(town)]


def apply(town: Town, desk: Devices) -> str:
    """Hand in one more case of the same item; its id."""
    person = citizen(town, desk)
    applicant = Caller.of(person, town, "citizen").phone
    case = _apply(applicant, _item(applicant))
    town.park(person.context)
    person.context.close()
    return case


def _make(town: Town, desk: Devices) -> dict[str, str]:
    person, official, decider = citizen(town, desk), clerk(town, desk), desk()
    town.sign_in_official(decider, APPROVER, BUREAU)
    applicant = Caller.of(person, town, "citizen").phone
    first, second = Caller.of(official, town, "clerk"), Caller.of(decider, town, "approver")
    item = _item(applicant)
    made = {name: _apply(applicant, item) for name in ("closed", "asked", "handed_in")}
    if KEEPS:
        _more(applicant)
    for action, who in (("accept", first), ("pass", first), ("grant", second), ("deliver", first)):
        extra = {"delivery_method": "electronic"} if action == "deliver" else {}
        who.act(made["closed"], action, **extra)
    first.act(made["asked"], "request_supplement", items=ASKED)
    for page in (person, official, decider):
        town.park(page.context)
        page.context.close()
    return {**made, "power": item["id"], "code": item["code"]}


def _more(applicant: Phone) -> None:
    """Other matters of the same citizen, so that the pictures are not all of one item: two handed in, one begun."""
    for words in ("老年人优待证", "护士执业注册"):
        _apply(applicant, _item(applicant, words, ""))
    begun = _item(applicant, "高龄津贴", "")
    body = {"power_id": begun["id"], "applicant": papers.applicant(), "form": {}}
    applicant.call("POST", "/cases", expect=201, json=body)


def _item(applicant: Phone, words: str = INITIALS, organisation: str = "宿迁市教育局") -> dict[str, Any]:
    found = applicant.get("/powers", params={"q": words, "limit": 50})["items"]
    power = next(one for one in found if one["is_online"] and organisation in one["organisation"]["name"])
    item: dict[str, Any] = applicant.get(f"/powers/{power['id']}")
    return item


def _apply(applicant: Phone, item: dict[str, Any]) -> str:
    form = papers.form_for(item["form_schema"], CITIZEN)
    known = {"home_address": "宿迁市宿城区幸福街道青年路88号2幢501室", "school": "宿迁学院", "subject": "语文"}
    form |= {name: said for name, said in known.items() if name in item["form_schema"]["properties"]}
    me = applicant.get("/me")
    form |= {"name": me["name"]} if "*" not in me["name"] else {}
    body = {"power_id": item["id"], "applicant": papers.applicant(), "form": form}
    case: str = applicant.call("POST", "/cases", expect=201, json=body).json()["id"]
    for material in item["materials"]:
        if material["necessity"] == "required":
            files = {"file": papers.photographed(material["name"], material["accepts"])}
            path = f"/cases/{case}/materials"
            applicant.call("POST", path, expect=201, data={"material": material["code"]}, files=files)
    etag = applicant.call("GET", f"/cases/{case}").headers["ETag"]
    applicant.call("POST", f"/cases/{case}/submit", expect=201, etag=etag, json={})
    return case
