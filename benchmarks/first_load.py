"""First load of the palm hall on a cheap phone: nothing cached, a CPU four times as slow, fast 3G; then Lighthouse.

Goals: interactive in under 3 s, under 200 kB of script (as sent, compressed) before the first screen, Lighthouse's
accessibility and best practices at 95 or more. Chromium is found as the browser tests find it; Lighthouse comes by npx
from the npm registry and is left out, with a word, where there is none.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from tests.browser import chromium
from tests.e2e.product import Product, product

ROUNDS, CPU_SLOWDOWN = 5, 4
FAST_3G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
PHONE = {"width": 390, "height": 844}
LIGHTHOUSE = "lighthouse@13.5.0"
PAGES = ("/palm/", "/palm/powers", "/hall/", "/hall/plan", "/hall/statistics", "/approval/signin")
CATEGORIES = ("accessibility", "best-practices")
QUIET_MS = 1500

_WATCH = """
  window.seen = { lcp: 0, shift: 0, busy: 0, box: 0 }
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  watch('largest-contentful-paint', (entry) => { seen.lcp = entry.startTime })
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value })
  watch('longtask', (entry) => { seen.busy = entry.startTime + entry.duration })
  const look = () => {
    const box = document.querySelector('input[type=search]')
    if (box && box.getBoundingClientRect().height > 0) seen.box = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
"""
_READ = """() => ({ ...seen, fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 })"""


def first_load(browser: Browser, address: str) -> dict[str, float]:
    """One load with nothing cached: milliseconds from navigation, kilobytes of script as sent, layout shift."""
    context = browser.new_context(
        viewport=PHONE, is_mobile=True, has_touch=True, locale="zh-CN", service_workers="block"
    )
    try:
        page = context.new_page()
        page.add_init_script(_WATCH)
        session = context.new_cdp_session(page)
        scripts = _count_scripts(session)
        session.send("Network.emulateNetworkConditions", FAST_3G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
        page.goto(address, wait_until="commit")
        page.wait_for_function("() => seen.box > 0", timeout=60_000)
        before = sum(scripts.values())
        page.wait_for_load_state("networkidle", timeout=60_000)
        page.wait_for_timeout(QUIET_MS)
        seen = page.evaluate(_READ)
    finally:
        context.close()
    return {**seen, "interactive": max(seen["box"], seen["busy"]), "script": before / 1000}


def _count_scripts(session: CDPSession) -> dict[str, float]:
    sizes: dict[str, float] = {}
    kinds: dict[str, str] = {}

    def received(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        if kinds.get(event["requestId"]) == "Script":
            sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return sizes


def lighthouse(base: str, path: str, chrome: Path) -> dict[str, float] | None:
    """The scores of a page out of 100; None where Lighthouse cannot be had."""
    npx = shutil.which("npx")
    if npx is None:
        return None
    command = [
        npx, "--yes", LIGHTHOUSE, f"{base}{path}", f"--only-categories={','.join(CATEGORIES)}", "--output=json",
        "--quiet", f"--chrome-flags=--headless {' '.join(chromium.FLAGS)}",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command,
            env={**os.environ, "CHROME_PATH": str(chrome)},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        print(f"    Lighthouse could not be run: {done.stderr.strip()[-300:]}")
        return None
    report = json.loads(done.stdout)
    failed = [
        audit["title"]
        for audit in report["audits"].values()
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] == "binary"
    ]
    for title in failed:
        print(f"      not met: {title}")
    return {name: report["categories"][name]["score"] * 100 for name in CATEGORIES}


@contextmanager
def running() -> Iterator[Product]:
    """The product with its built apps."""
    with product() as started:
        started.start()
        yield started


def main() -> None:
    """Print the figures."""
    chrome = chromium.find()
    with running() as town, sync_playwright() as playwright:
        base = town.known["base_url"]
        browser = playwright.chromium.launch(executable_path=chrome, args=list(chromium.FLAGS))
        loads = [first_load(browser, f"{base}/palm/") for _ in range(ROUNDS)]
        browser.close()
        middle = {name: statistics.median(load[name] for load in loads) for name in loads[0]}
        print(f"    palm hall, median of {ROUNDS}, CPU {CPU_SLOWDOWN} times as slow, fast 3G, nothing cached:")
        print(f"    interactive {middle['interactive']:.0f} ms, script before it {middle['script']:.0f} kB")
        print(f"    first paint {middle['fcp']:.0f} ms, largest {middle['lcp']:.0f} ms, shift {middle['shift']:.3f}")
        for path in PAGES:
            scores = lighthouse(base, path, chrome)
            if scores is None:
                break
            print(f"    {path}: " + ", ".join(f"{name} {score:.0f}" for name, score in scores.items()), flush=True)


if __name__ == "__main__":
    main()
