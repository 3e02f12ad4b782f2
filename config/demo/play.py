"""The main job: apply by phone, SMS with a receipt number, accept and decide on a phone, push, SMS and live update,
close, rating asked by SMS, answered "5", counted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import httpx

from config.demo import officials, residents
from config.demo.phone import UnexpectedAnswerError
from config.demo.scene import Scene

ACTS: tuple[Callable[[Scene], None], ...] = (
    residents.sign_in,
    residents.go_live,
    residents.apply,
    residents.ask_for_progress,
    officials.handle,
    residents.look_at_everything,
    residents.rate,
)


def main(
    *, base_url: str, origin: str, accounts: list[dict[str, Any]], manage: Callable[..., str], number: str | None = None
) -> int:
    """Play the main job against a running product. Returns 0 when every promise was kept, 1 at the first broken one.

    `accounts` is what `manage.py demo_accounts --json` prints, `manage` runs one management command.
    """
    scene = Scene(base_url, origin, accounts, number or residents.fresh_number())
    started = time.monotonic()
    print("\n  手机申请 → 短信回执 → 手机审批 → 推送、短信与实时更新 → 办结 → 短信评价\n", flush=True)
    try:
        for act in ACTS:
            act(scene)
        scene.say("审计", manage("verify_journal").strip().splitlines()[-1])
    except (UnexpectedAnswerError, httpx.HTTPError) as exc:
        print(f"\n  ✗ 演示中断：{exc}", file=sys.stderr, flush=True)
        return 1
    finally:
        scene.close()
    print(
        f"\n  完成：{scene.steps} 步，{time.monotonic() - started:.1f} 秒；办件 {scene.case_no} 已办结并计入评价。"
        f"\n  短信 {scene.carrier.count(scene.number)} 条，推送 {len(scene.push.messages)} 条，"
        f"实时更新 {len(scene.socket.frames)} 条。\n",
        flush=True,
    )
    return 0
