"""The running of the system: what waits and fails, texts and their stories, wordings and their trial."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from config.demo.phone import until
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller, apply
from tests.browser.town import Town

PARTNER, ADDRESS = "zhangshangsuqian", "https://hooks.zhangshangsuqian.example.cn/events"
NUMBERS = ("+8613805277001", "+8613805277002", "+8613805277003")
CASE_NO = "32130020261123000187"
_UNDER_WAY = "SELECT count(*) FROM sms_message WHERE id = ANY(%(ids)s::uuid[]) AND state <> 'delivered'"
_FAILED = (
    "UPDATE sms_message SET state = 'failed', reason = 'gave_up', failures = 5, finished_at = clock_timestamp() "
    "WHERE id = %(id)s"
)
_WAITING = (
    "UPDATE sms_message SET state = 'retrying', failures = 2, due_at = clock_timestamp() + interval '1 day', "
    "give_up_at = clock_timestamp() + interval '2 days' WHERE id = %(id)s"
)


def _prepare(town: Town, desk: Devices) -> Prepared:
    page = desk()
    town.sign_in_official(page, "system_manager", "321300", app="desk")
    phone = Caller.of(page, town, "运维").phone
    row = next(row for row in phone.get("/operations/wordings")["items"] if row["params"] == ["case_no"])
    values = {"case_no": CASE_NO}
    path = f"/operations/wordings/{row['id']}/trial"
    made = [
        phone.call("POST", path, expect=201, json={"values": values, "phone": number}).json()["id"]
        for number in NUMBERS
    ]
    until("试发短信送达", lambda: town.running.query(_UNDER_WAY, {"ids": made})[0][0] == 0)
    town.running.change(_FAILED, {"id": made[0]})
    town.running.change(_WAITING, {"id": made[1]})
    _partner(town, desk)
    return Prepared({"manager": page}, {"failed": made[0], "kind": row["kind"]})


def _partner(town: Town, desk: Devices) -> None:
    """A partner whose address answers nobody, and something to tell it."""
    if town.running.query("SELECT 1 FROM partners_partner WHERE code = %(code)s", {"code": PARTNER}):
        return
    for act in (("add", PARTNER, "掌上宿迁", "321300", "cases.progress"), ("endpoint", PARTNER, ADDRESS)):
        done = town.running.manage("partners", *act)
        assert done.returncode == 0, done.stderr
    apply(town, desk)


def _open_log(page: Page, _: Prepared) -> None:
    page.get_by_text("发送记录").first.click()


def _replay(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="按时间段重发").first.click()


def _fill_in(page: Page, prepared: Prepared) -> None:
    page.locator("button.wording").filter(has_text=prepared.names["kind"]).first.click()
    page.get_by_label("办件编号").fill(CASE_NO)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("条计费")).to_be_visible()


AREA = Area(
    "operations",
    "运行维护 The running of the system",
    75,
    _prepare,
    (
        Screen("overview", "What waits, fails or has stopped, and what to do", "/desk/operations", "正在排队的消息",
               "manager", whole=True),
        Screen("story", "One text: why, through whom, what became of it", "/desk/operations/texts/{failed}",
               "立即再发", "manager", whole=True),
        Screen("partners", "Partners: what was sent, each try of it", "/desk/operations/partners", "申请已提交",
               "manager", _open_log, whole=True),
        Screen("replay", "Sending a span again", None, "已送达的也重发", "manager", _replay),
        Screen("wordings", "A wording is tried before anybody gets it", "/desk/operations/wordings", "预览与试发",
               "manager", _fill_in, whole=True),
    ),
)  # fmt: skip
