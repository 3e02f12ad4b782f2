"""The officials' acts: two factors, the to-do list, one step after the other, each by the one whose step it is."""

from __future__ import annotations

from typing import Any

import pyotp

from config.demo.phone import Phone, UnexpectedAnswerError, until
from config.demo.scene import Scene

OPINIONS = {
    "accept": "材料齐全，符合法定形式，予以受理。",
    "pass": "经审查，申请人符合法定条件，建议准予。",
    "grant": "申请人符合法定条件，依法准予。",
    "deliver": "证书已制作，已送达申请人。",
}
TOLD_BY_SMS = {"accept", "grant"}
MAX_STEPS = 12


def handle(scene: Scene) -> None:
    """From the to-do list to the closed case, by whoever may act next."""
    scene.staff = scene.staff or _sign_in_all(scene)
    for _ in range(MAX_STEPS):
        if scene.citizen.get(f"/cases/{scene.case_id}")["state"] == "closed":
            return
        _next_act(scene, scene.staff)
    raise UnexpectedAnswerError("the case does not come to its end")


def _sign_in_all(scene: Scene) -> list[Phone]:
    organisation = scene.power["organisation"]["id"]
    staff = [account for account in scene.accounts if _works_at(account, organisation)]
    if not staff:
        raise UnexpectedAnswerError("no demo official works at the item's organisation")
    return [_sign_in(scene, account) for account in staff]


def _works_at(account: dict[str, Any], organisation: str) -> bool:
    return any(grant["organisation_id"] == organisation for grant in account.get("grants", []))


def _sign_in(scene: Scene, account: dict[str, Any]) -> Phone:
    phone = scene.phone(account["name"])
    credentials = {"username": account["username"], "password": account["password"]}
    first = phone.call("POST", "/auth/login", json=credentials).json()
    code = pyotp.TOTP(account["totp_secret"]).now()
    second = phone.call("POST", "/auth/mfa", json={"mfa_token": first["mfa_token"], "code": code}).json()
    phone.token = second["access"]
    scene.say(account["name"], "密码加动态验证码登录")
    return phone


def _next_act(scene: Scene, phones: list[Phone]) -> None:
    def look() -> tuple[Phone, Any] | None:
        return next((found for phone in phones if (found := _could_act(scene, phone))), None)

    phone, file = until("轮到下一位办理", look)
    action = next(name for name in OPINIONS if name in file.json()["actions"])
    seen = scene.carrier.count(scene.number)
    answer = phone.call(
        "POST",
        f"/approval/cases/{scene.case_id}/actions",
        etag=file.headers["ETag"],
        json={"action": action, "opinion": OPINIONS[action]},
    ).json()
    scene.say(phone.owner, f"{OPINIONS[action]}（{answer['state_label']}）")
    if action in TOLD_BY_SMS:
        scene.sms(seen, scene.case_no, what="办理结果短信")


def _could_act(scene: Scene, phone: Phone) -> tuple[Phone, Any] | None:
    tasks = phone.get("/approval/tasks")["items"]
    if not any(task["case_id"] == scene.case_id for task in tasks):
        return None
    file = phone.call("GET", f"/approval/cases/{scene.case_id}")
    return (phone, file) if set(file.json()["actions"]) & set(OPINIONS) else None
