"""How fast the desk's list, a unit's, a citizen's, a caller's history and the search for similar matters answer.

1,000,000 orders by default (`ORDERS=200000 python -m benchmarks inquiries` for fewer), five in a hundred open. The bar
is p95 under 100 ms for list and similar search. Rows are written by SQL; what is measured are the selectors as the API
uses them, in this process, one after the other.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - after setup

from backend.accounts import services as accounts  # noqa: E402
from backend.accounts.types import Capacity, Level  # noqa: E402
from backend.inquiries import policies, selectors  # noqa: E402
from backend.inquiries.rules import wording  # noqa: E402
from backend.inquiries.services.phones import phone_index  # noqa: E402
from kernel import clock  # noqa: E402
from kernel.actors import Actor, ActorKind, Grant  # noqa: E402

ORDERS = int(os.environ.get("ORDERS", "1000000"))
RUNS = 200
SYSTEM = Actor.system("benchmark")
ROADS = [
    f"{one}{two}{kind}"
    for one in "幸解人黄运西洪青宝发"
    for two in "福放民河园湖泽年龙展"
    for kind in ("路", "街", "小区")
]
MATTERS = (
    "路灯坏了三天一直不亮", "垃圾没有清运异味很大", "自来水停水两天没有通知", "烧烤店夜间油烟噪音扰民",
    "下水道堵塞污水外溢", "路面坑洼破损车辆难行", "物业收费不公开账目", "公交车等候时间太长", "井盖松动有安全隐患",
    "违章停车堵住消防通道", "广场舞声音太大影响休息", "小广告贴满楼道", "电梯经常困人", "培训机构拒绝退费",
    "预付卡商家关门跑路",
)  # fmt: skip

_INSERT = """
    INSERT INTO inquiries_order (
        id, version, order_no, query_code, query_digest, channel, request_type, urgency, rank, is_heavy, is_petition,
        is_anonymous, is_confidential, public_ok, topic_id, title, content, shown_content, area_code, received_at,
        terms, state, is_open, centre_id, centre_path, unit_id, unit_name, unit_path, unit_resolution, said_via,
        final_ruling, round, redo_count, reopen_count, return_count, urge_count, follower_count, call_tries, outcome,
        due_at, closed_at)
    SELECT gen_random_uuid(), 3, lpad(n::text, 14, '0'), '\\x00', '\\x00',
        (ARRAY['call','app','web','sms','mailbox'])[1 + n %% 5],
        (ARRAY['help','complaint','inquiry','suggestion'])[1 + n %% 4], 'normal', (n %% 97 = 0)::int * 2, false, false,
        false, false, true, (SELECT id FROM inquiries_topic WHERE unit_code <> '' ORDER BY id OFFSET n %% 40 LIMIT 1),
        s.words, '\\x00', '\\x00', (ARRAY['321302','321311','321322','321323','321324'])[1 + n %% 5],
        now() - ((%(orders)s - n) * interval '31 seconds'), s.terms,
        CASE WHEN n %% 20 = 0 THEN 'processing' ELSE 'archived' END, n %% 20 = 0, %(centre)s, %(path)s,
        (%(units)s::uuid[])[1 + n %% 40], '单位', %(path)s, '', '', false, 0, 0, 0, 0, 0, 0, 0, '',
        now() - ((%(orders)s - n) * interval '31 seconds') + interval '5 days', NULL
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) n JOIN bench_words s ON s.id = n %% %(samples)s
"""
_CALLERS = """
    INSERT INTO inquiries_ordercaller (id, order_id, person_id, phone_index, gender)
    SELECT gen_random_uuid(), id, (%(people)s::uuid[])[1 + (order_no::bigint %% 1000)],
        decode(md5((order_no::bigint %% 200000)::text), 'hex'), ''
    FROM inquiries_order o WHERE order_no > %(first)s AND order_no <= %(last)s
"""
_CLOCKS = """
    INSERT INTO inquiries_orderclock (id, order_id, kind, amount, unit, started_at, due_at)
    SELECT gen_random_uuid(), id, 'sign', 4, 'wh', received_at, received_at + interval '4 hours'
    FROM inquiries_order WHERE is_open
"""


def fill() -> dict[str, Any]:
    """Write the orders. Returns who looks at them."""
    rng = random.Random(7)
    code = policies.word(policies.CENTRE_CODE)
    make = {"actor": SYSTEM, "level": Level.CITY, "region_code": "321300"}
    centre = accounts.create_organisation(code=code, name="宿迁", short_name="宿迁", parent_id=None, **make)
    units = [_unit(make, n, centre.id) for n in range(40)]
    person = accounts.create_person(actor=SYSTEM, phone="+8613805270099", capacities=(Capacity.CITIZEN,))
    samples = [f"{rng.choice(ROADS)}{rng.choice(ROADS)}{rng.choice(MATTERS)}" for _ in range(5000)]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("CREATE TEMP TABLE bench_words (id int PRIMARY KEY, words text, terms int[])")
        rows = [(index, words, wording.terms(words)) for index, words in enumerate(samples)]
        cursor.executemany("INSERT INTO bench_words VALUES (%s, %s, %s)", rows)
        cursor.execute("SELECT array_agg(gen_random_uuid()) FROM generate_series(1, 999)")
        people = [person, *cursor.fetchone()[0]]
        for first in range(1, ORDERS + 1, 50_000):
            last = min(first + 49_999, ORDERS)
            shared = {"orders": ORDERS, "first": first, "last": last, "samples": len(samples)}
            cursor.execute(_INSERT, {**shared, "centre": centre.id, "path": centre.path, "units": units})
            numbers = {"first": f"{first - 1:014}", "last": f"{last:014}"}
            cursor.execute(_CALLERS, {**numbers, "people": people})
        phone = phone_index("+8613805270098")
        cursor.execute(
            "UPDATE inquiries_ordercaller SET phone_index = %s WHERE order_id IN "
            "(SELECT id FROM inquiries_order ORDER BY order_no DESC LIMIT 12)",
            [phone],
        )
        cursor.execute(_CLOCKS)
        for table in ("inquiries_order", "inquiries_ordercaller", "inquiries_orderclock"):
            cursor.execute(f"VACUUM ANALYZE {table}")  # as autovacuum leaves them
        cursor.execute("CHECKPOINT")
    grant = Grant("hotline_operator", centre.id, centre.path)
    desk = Actor(ActorKind.OFFICIAL, user_id=person, grants=frozenset({grant}))
    return {"desk": desk, "citizen": Actor(ActorKind.CITIZEN, user_id=person), "unit": units[7]}


def _unit(make: dict[str, Any], number: int, centre_id: Any) -> Any:
    name = f"单位{number}"
    return accounts.create_organisation(
        code=f"321300B{number:02d}", name=name, short_name=name, parent_id=centre_id, **make
    ).id


def measure(name: str, job: Callable[[], Any], runs: int = RUNS) -> None:
    """Time a job and print its median, p95 and worst."""
    job()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        job()
        times.append((time.perf_counter() - started) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"    {name:34} p50 {statistics.median(times):7.1f}  p95 {p95:7.1f}  max {max(times):7.1f} ms", flush=True)


def main() -> None:
    """Fill and measure."""
    started = time.perf_counter()
    who = fill()
    print(f"    {ORDERS:,} orders written in {time.perf_counter() - started:.0f} s", flush=True)
    rng = random.Random(11)
    desk, citizen = who["desk"], who["citizen"]
    measure("desk: open, emergencies first", lambda: page(selectors.desk_orders(desk), "-rank", "received_at", "id"))
    overdue = lambda: selectors.desk_orders(desk, queue="overdue")  # noqa: E731 - one line of the list
    measure("desk: overdue, emergencies first", lambda: page(overdue(), "-rank", "received_at", "id"))
    measure("desk: one state, newest first", lambda: page(selectors.desk_orders(desk, state="archived")))
    first = ("-rank", "received_at", "id")
    measure("desk: a unit's open orders", lambda: page(selectors.desk_orders(desk, unit_id=who["unit"]), *first))
    measure("caller's history", lambda: selectors.caller_history(desk, "+8613805270098"))
    measure("citizen: my inquiries", lambda: page(selectors.own_orders(citizen)))
    measure("everybody: Open311, 50 rows", lambda: list(selectors.open_requests()[:50]))
    measure("similar while typing", lambda: selectors.similar_open(f"{rng.choice(ROADS)}{rng.choice(MATTERS)}"))
    measure("wallboard", lambda: selectors.wallboard(desk))
    today = clock.today()
    for days in (28, 364):
        begin = today - timedelta(days=days)
        measure(f"hot topics, {days // 7} weeks", partial(selectors.hot_topics, desk, begin, today), runs=20)
        measure(f"public figures, {days // 7} weeks", partial(selectors.statistics, begin, today), runs=20)


def page(rows: Any, *order: str) -> list[Any]:
    """The first page as the API takes it."""
    return list(rows.order_by(*(order or ("-received_at", "-id")))[:21])


if __name__ == "__main__":
    main()
