"""Anonymous and confidential: who reports wrongdoing is never shown to the handling unit, in any list, log, export,
push, journal line or table that it reads (domain 6.3, 12.3)."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from backend.accounts import services as account_services
from backend.inquiries import selectors, services, stories
from backend.inquiries.models import Call, Order
from backend.inquiries.types import RequestType, Said
from backend.journal import selectors as journal
from backend.notifications.models import Notification
from kernel.actors import Actor
from tests.api.inquiries.people import api
from tests.factories import accounts, cases
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
NAME, PHONE = "欧阳振华", "+8613805279988"
WORDS = "我叫欧阳振华，电话13805279988，身份证321302199003070017，举报贵局钱科长上班时间打牌，车牌苏N12345。"
HIDDEN = ("欧阳振华", "阳振华", "13805279988", "321302199003070017", "苏N12345")
# Where a person's own things lie, and what only the hotline reads.
PERSONAL = (
    "accounts_", "inquiries_ordercaller", "kernel_person", "notifications_", "sms_", "push_", "kernel_idempotency",
)  # fmt: skip


@pytest.fixture
def net() -> make.Net:
    return make.net()


@pytest.fixture
def whistleblower() -> Actor:
    actor = accounts.actor(accounts.citizen(phone=PHONE))
    account_services.give_identity(actor=actor, name=NAME, id_number=cases.id_number())
    return actor


@pytest.fixture
def order(net: make.Net, whistleblower: Actor, deliver_events: Callable[[], int]) -> Order:
    """A report through its whole life, with every act of its caller."""
    order = make.whistle(whistleblower, WORDS)
    services.add_file(
        actor=whistleblower, order_id=order.id, upload=cases.photo(), filename="欧阳振华拍摄.jpg", by="caller"
    )
    make.dispatched(net, order, assist_ids=(net.county.place.id,))
    services.urge_own(actor=whistleblower, order_id=order.id, words="我是欧阳振华，怎么还没人查")
    make.act(net.city.handler, order, "sign")
    make.answered(net, order, text="经查属实，已对当事人批评教育。")
    services.say(actor=whistleblower, order_id=order.id, version=None, said=Said(None, True, True, "欧阳振华表示满意"))
    services.reopen(actor=whistleblower, order_id=order.id, version=None, reason="欧阳振华：又犯了")
    deliver_events()
    return make.fresh(order.id)


def test_a_unit_sees_neither_caller_nor_names_nor_numbers(net: make.Net, order: Order) -> None:
    make.dispatched(net, order)
    for official in (net.city.handler, net.city.deputy, net.city.head):
        seen = selectors.handled_order(official, order.id)
        assert selectors.caller_for(official, seen) is None
        shown = [selectors.words_for(official, seen), seen.title, selectors.place_for(official, seen)]
        shown += [line.note for line in stories.story(seen, "zh-hans", reader="unit")]
        shown += [one.filename for one in selectors.files_for(official, seen)]
        assert not [word for word in HIDDEN for text in shown if word in text]
        assert "打牌" in shown[0]


def test_the_hotline_sees_what_it_needs(net: make.Net, order: Order) -> None:
    seen = selectors.handled_order(net.operator, order.id)
    caller = selectors.caller_for(net.operator, seen)
    assert caller is not None
    assert (caller["name"], caller["phone"]) == (NAME, PHONE)
    assert NAME in selectors.words_for(net.operator, seen)


def test_no_table_outside_the_callers_own_knows_him(order: Order, whistleblower: Actor) -> None:
    needles = [str(whistleblower.user_id), *HIDDEN, PHONE]
    for table in connection.introspection.table_names():
        if table.startswith(PERSONAL):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows = [row[0] for row in cursor.fetchall()]
        found = [(needle, row[:200]) for row in rows for needle in needles if needle in row]
        found = [one for one in found if not _belongs_to_him(table, one[1])]
        assert not found, (table, found[:3])


def _belongs_to_him(table: str, row: str) -> bool:
    """Lines about his own account, and what is told to nobody but him (the hotline's events `inquiry.caller_*`)."""
    if table == "kernel_outboxevent":
        return "inquiry.caller_" in row or row.split(",")[1].startswith("account")
    return table == "journal_journalline" and "account" in row


def test_the_journal_shows_no_unit_who_acted(net: make.Net, order: Order, whistleblower: Actor) -> None:
    for official in (net.city.handler, net.city.deputy, net.city.head):
        lines = journal.lines_for_subject(official, ("inquiry", order.id))
        assert lines
        assert whistleblower.user_id not in {line.actor_id for line in lines}
        assert not [line for line in lines if any(word in str(line) for word in (*HIDDEN, str(whistleblower.user_id)))]


def test_what_officials_are_told_and_pushed_names_nobody(net: make.Net, order: Order, whistleblower: Actor) -> None:
    officials = [unit.handler.user_id for unit in (net.city, net.county)] + [net.city.deputy.user_id]
    rows = Notification.objects.filter(person_id__in=officials)
    assert rows.exists()
    texts = [f"{row.title}{row.body}{row.push_title}{row.link}" for row in rows]
    assert not [text for text in texts for word in (*HIDDEN, str(whistleblower.user_id)) if word in text]


LISTS = (
    "/inquiries/tasks", "/inquiries/tasks?state=done", "/hotline/orders", "/hotline/orders?state=closed",
    "/hotline/tasks", "/hotline/calls", "/hotline/publications", "/hotline/hot-topics", "/hotline/wallboard",
    "/inquiries", "/inquiries?followed=true", "/inquiries/answered", "/inquiries/statistics", "/knowledge", "/inbox",
    "/me/snapshot", "/me/events?since=0&limit=200", "/me/accesses", "/approval/tasks",
)  # fmt: skip


def test_no_list_log_or_export_that_a_unit_reaches_names_him(
    net: make.Net,
    order: Order,
    whistleblower: Actor,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    deliver_events: Callable[[], int],
) -> None:
    """After the whole life of a report that came by phone as well: every list, the order itself, what is exported to
    everybody, and what the processes wrote to their logs."""
    by_phone = make.called(net, WORDS, phone=PHONE, name=NAME, request_type=RequestType.REPORT)
    Call.objects.create(sid="CA1", number=PHONE, received_at=order.received_at, order=by_phone, recording_sid="RE1")
    make.closed(net, by_phone)
    deliver_events()
    needles = (*HIDDEN, PHONE, str(whistleblower.user_id))
    for official in (net.city.handler, net.city.deputy, net.city.head, net.county.handler):
        client = api(official)
        paths = [*LISTS, *(f"/inquiries/handling/{one.id}" for one in (order, by_phone))]
        for path in paths:
            text = client.get(path).content.decode()
            assert not [needle for needle in needles if needle in text], (path, text[:300])
    public = [str(row.__dict__) for row in selectors.open_requests()]
    assert not [needle for needle in needles for text in public if needle in text]
    assert whistleblower.user_id is not None
    written = capfd.readouterr()
    logs = "".join(str(line.__dict__) for line in caplog.records) + written.out + written.err
    assert "request" in logs
    assert not [needle for needle in HIDDEN if needle in logs]


def test_nobody_joins_or_finds_a_report(order: Order) -> None:
    other = make.citizen()
    with pytest.raises(Exception, match="inquiry_not_found"):
        services.join(actor=other, order_id=order.id)


def test_confidential_when_asked_for_and_anonymous_without_a_name(net: make.Net) -> None:
    wang = make.citizen()
    quiet = make.asked(wang, is_confidential=True)
    nameless = make.asked(wang, is_anonymous=True)
    for order in (quiet, nameless):
        make.dispatched(net, order)
        assert selectors.caller_for(net.city.handler, make.fresh(order.id)) is None
    caller = selectors.caller_for(net.operator, make.fresh(nameless.id))
    assert caller is not None
    assert caller["name"] == ""
    plain = make.called(net, name="周大爷")
    make.dispatched(net, plain)
    seen = selectors.caller_for(net.city.handler, make.fresh(plain.id))
    assert seen is not None
    assert seen["name"] == "周大爷"


def test_his_voice_is_not_heard_in_the_unit(net: make.Net, whistleblower: Actor) -> None:
    order = make.whistle(whistleblower, WORDS)
    voice = SimpleUploadedFile("voice.m4a", io.BytesIO(make.voice()).getvalue(), "audio/mp4")
    file_id = services.add_file(
        actor=whistleblower, order_id=order.id, upload=voice, filename="语音.m4a", by="caller"
    ).id
    make.dispatched(net, order)
    assert _hears(net.operator, order, file_id)
    assert _hears(whistleblower, order, file_id)
    assert not _hears(net.city.handler, order, file_id)


def _hears(actor: Actor, order: Order, file_id: UUID) -> bool:
    return file_id in {one.id for one in selectors.files_for(actor, make.fresh(order.id))}
