"""The citizen's acts."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from config.demo import papers
from config.demo.phone import Socket, UnexpectedAnswerError, until
from config.demo.scene import Scene

ITEM_QUERY = "jszg"


def fresh_number() -> str:
    """A mobile number that has not been asked for codes lately."""
    return f"+86138052{secrets.randbelow(100_000):05}"


def sign_in(scene: Scene) -> None:
    """Sign in with a code that comes by SMS, and prove one's name."""
    seen = scene.carrier.count(scene.number)
    scene.citizen.call("POST", "/auth/otp", json={"phone": scene.number}, expect=202)
    text = scene.sms(seen, "验证码", what="验证码短信")
    found = re.search(r"(?<!\d)\d{6}(?!\d)", text)
    body = {"phone": scene.number, "code": found.group(0) if found else "", "device": "演示手机"}
    scene.citizen.token = scene.citizen.call("POST", "/auth/otp/verify", json=body).json()["access"]
    person = papers.person()
    scene.citizen.call("POST", "/me/identity", json=person)
    me = scene.citizen.get("/me")
    scene.say("市民", f"已登录并实名：{me['name']}，{me['phone']}")


def go_live(scene: Scene) -> None:
    """Register for push and open the live connection."""
    device = {"platform": "webpush", "subscription": scene.push.subscription()}
    scene.citizen.call("POST", "/me/devices", json=device, expect=201)
    snapshot = scene.citizen.get("/me/snapshot")
    ticket = scene.citizen.call("POST", "/me/realtime-ticket", expect=201).json()["ticket"]
    scene.socket = Socket(snapshot["realtime_url"], scene.origin, ticket, snapshot["cursor"])
    scene.say("市民", "已开启推送和实时更新")


def apply(scene: Scene) -> None:
    """Find the item by its initials, fill in, add materials, submit; the receipt comes on the screen and by SMS."""
    found = scene.citizen.get("/powers", params={"q": ITEM_QUERY})["items"]
    power = scene.power = scene.citizen.get(f"/powers/{found[0]['id']}")
    scene.say("市民", f"输入 {ITEM_QUERY} 找到“{power['name']}”，承诺 {power['promised_limit']} 个工作日")
    draft = {
        "power_id": power["id"],
        "applicant": papers.applicant(),
        "form": papers.form_for(power["form_schema"], scene.number),
    }
    scene.case_id = scene.citizen.call("POST", "/cases", expect=201, json=draft).json()["id"]
    required = [material for material in power["materials"] if material["necessity"] == "required"]
    for material in required:
        _upload(scene, material)
    scene.say("市民", f"填好申请表，拍照上传 {len(required)} 份材料")
    _submit(scene)


def _upload(scene: Scene, material: Mapping[str, Any]) -> None:
    scene.citizen.call(
        "POST",
        f"/cases/{scene.case_id}/materials",
        expect=201,
        data={"material": material["code"]},
        files={"file": papers.photographed(material["name"], material["accepts"])},
    )


def _submit(scene: Scene) -> None:
    seen = scene.carrier.count(scene.number)
    etag = scene.citizen.call("GET", f"/cases/{scene.case_id}").headers["ETag"]
    answer = scene.citizen.call("POST", f"/cases/{scene.case_id}/submit", expect=201, etag=etag, json={}).json()
    scene.case_no, scene.query_code = answer["case_no"], answer["receipt"]["query_code"]
    scene.say("市民", f"提交成功，办件编号 {scene.case_no}，查询码 {scene.query_code}")
    scene.sms(seen, scene.case_no, what="提交回执短信")


def ask_for_progress(scene: Scene) -> None:
    """Anybody with number and query code sees the state, and nothing of the person."""
    answer = scene.carrier.http.get(
        "/api/v1/progress", params={"case_no": scene.case_no, "query_code": scene.query_code}
    )
    if answer.status_code != 200 or papers.person()["name"] in answer.text:
        raise UnexpectedAnswerError(f"progress: {answer.status_code} {answer.text[:300]}")
    scene.say("路人", f"凭编号和查询码看到：{answer.json()['state_label']}")


def look_at_everything(scene: Scene) -> None:
    """The same story on every channel: socket, push, message centre, timeline."""
    wanted = {"case.submitted", "case.accepted", "case.granted", "case.closed"}
    until("实时更新", lambda: wanted <= {frame["type"] for frame in scene.socket.frames})
    scene.say("市民", f"屏幕实时更新 {len(scene.socket.frames)} 次")
    until("推送", lambda: scene.push.messages)
    until("推送解密", lambda: len(scene.push.messages) >= 2)
    opened = str(scene.push.messages)
    if scene.case_no in opened or scene.power["name"] in opened:
        raise UnexpectedAnswerError("a push message carries content of the case")
    scene.say("市民", f"收到推送 {len(scene.push.messages)} 条，内容不含个人信息")
    inbox = scene.citizen.get("/inbox")["items"]
    unread = scene.citizen.get("/me/badge")["unread"]
    scene.say("市民", f"消息中心 {len(inbox)} 条，未读 {unread} 条，最新：{inbox[0]['title']}")
    timeline = scene.citizen.get(f"/cases/{scene.case_id}/timeline")["items"]
    scene.say("市民", f"办理过程 {len(timeline)} 步")


def rate(scene: Scene) -> None:
    """The invitation comes by SMS; a forged answer is refused, "5" counts."""
    scene.sms(0, "请评价", what="评价邀请短信")
    if scene.carrier.forge(scene.number, "1") != 403:
        raise UnexpectedAnswerError("a forged webhook was not refused")
    scene.say("骗子", "伪造的短信回调被拒绝（403）")
    status = scene.carrier.reply(scene.number, "5", containing="请评价")
    if status >= 300:
        raise UnexpectedAnswerError(f"webhook answered {status}")
    path = f"/cases/{scene.case_id}/rating"

    def counted() -> bool:
        answer = scene.citizen.http.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {scene.citizen.token}"})
        return answer.status_code == 200 and answer.json().get("level") == 5

    until("评价入库", counted)
    scene.say("市民", "回复短信“5”，评价为非常满意，已计入")
