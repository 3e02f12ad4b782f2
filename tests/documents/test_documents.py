"""Official documents from the draft to the archive, and from the post to the handler; numbered without gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import BytesIO
from uuid import UUID

import pypdf
import pytest

from backend.accounts import selectors as accounts
from backend.attachments import selectors as attachments
from backend.documents import printing, selectors, services
from backend.documents.models import AgencyCode, Document, Layer, Reader, TakenNumber
from backend.documents.services.paging import print_missing, sheet_of
from backend.documents.types import Act, DocumentError, State, Urgency
from backend.notifications.models import Notification
from backend.workflow import selectors as workflow
from backend.workflow import services as workflow_services
from kernel import clock
from kernel.errors import CommonError, DomainError, ErrorCode
from tests.factories.documents import Office

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
Deliver = Callable[[], int]


@pytest.fixture
def office() -> Office:
    return Office()


def _told(event: str) -> set[UUID]:
    return set(Notification.objects.filter(event_type=f"documents.{event}").values_list("person_id", flat=True))


def _waits(person: UUID) -> list[str]:
    items = workflow.tasks_for(accounts.actor_for(person)).items
    return [task.kind for task in items if task.kind.startswith("document.")]


def _refused(error: ErrorCode, act: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.code is error
    return caught.value


def test_an_outgoing_document_goes_its_way(office: Office, deliver_events: Deliver) -> None:
    made = office.draft()
    _refused(DocumentError.NOT_FOUND, lambda: office.act(office.leader, made, Act.ISSUE))
    _refused(DocumentError.WRONG_STATE, lambda: office.act(office.drafter, made, Act.ISSUE))
    office.act(
        office.drafter, made, Act.SUBMIT,
        checker_id=office.checker, leader_id=office.leader, countersigners=[office.helper],
    )  # fmt: skip
    assert (_waits(office.checker), _waits(office.leader)) == (["document.check"], [])
    _refused(DocumentError.NOT_YOURS, lambda: office.act(office.leader, made, Act.CHECK))
    _refused(DocumentError.OPINION_MISSING, lambda: office.act(office.checker, made, Act.SEND_BACK))
    office.act(office.checker, made, Act.SEND_BACK, "请补充报送时限")
    services.edit(
        actor=accounts.actor_for(office.drafter), document_id=made.id,
        version=Document.objects.get(pk=made.id).version, body="请于月底前书面报送。",
    )  # fmt: skip
    office.act(
        office.drafter, made, Act.SUBMIT,
        checker_id=office.checker, leader_id=office.leader, countersigners=[office.helper],
    )  # fmt: skip
    office.act(office.checker, made, Act.CHECK)
    office.act(office.helper, made, Act.COUNTERSIGN, "无意见")
    assert _waits(office.leader) == ["document.issue"]
    office.act(office.leader, made, Act.ISSUE, "同意印发")
    assert _waits(office.clerk) == ["document.recheck"]
    done = office.act(office.clerk, made, Act.RECHECK)
    assert done.number == f"宿政务发〔{clock.today().year}〕1号"
    office.act(office.clerk, made, Act.DISTRIBUTE, people=[office.reader, office.handler])
    deliver_events()
    assert _told("sent") == {office.reader, office.handler}
    assert _told("sent_back") == {office.drafter}
    assert _told("numbered") == {office.drafter}
    editions = selectors.editions_of(accounts.actor_for(office.drafter), made.id)
    assert [one.number for one in editions] == [1, 2]
    assert any(piece["kind"] == "new" for piece in editions[1].pieces)
    office.act(office.clerk, made, Act.ARCHIVE)
    story = [step.act for step in selectors.document_for(accounts.actor_for(office.reader), made.id).steps.all()]
    assert story == ["submit", "send_back", "submit", "check", "countersign", "issue", "recheck", "distribute",
                     "archive"]  # fmt: skip


def test_an_instruction_reaches_those_named_at_once(office: Office, deliver_events: Deliver) -> None:
    came = office.received(number="苏政办发[2026]0012号", urgency=Urgency.URGENT)
    assert came.number == "苏政办发〔2026〕12号"
    office.act(office.clerk, came, Act.REGISTER)
    office.act(office.clerk, came, Act.PROPOSE, "拟请业务科承办", leader_id=office.leader)
    office.act(
        office.leader, came, Act.INSTRUCT, "请承办同志三日内落实",
        lead_id=office.handler, assistants=[office.helper], readers=[office.reader],
    )  # fmt: skip
    deliver_events()
    assert _told("instructed") == {office.handler, office.helper, office.reader}
    assert (_waits(office.handler), _waits(office.helper), _waits(office.reader)) == (
        ["document.handle"], ["document.handle"], []
    )  # fmt: skip
    office.act(office.helper, came, Act.HANDLE, "已配合提供数据")
    assert Document.objects.get(pk=came.id).state == State.INSTRUCTED
    office.act(office.handler, came, Act.HANDLE, "已报送")
    deliver_events()
    assert _told("handled") == {office.leader}
    found = office.act(office.clerk, came, Act.ARCHIVE)
    assert (found.state, found.register_no) == (State.ARCHIVED, 1)
    assert not any(_waits(one) for one in (office.clerk, office.leader, office.handler, office.helper))


def test_numbers_have_no_gap_and_void_ones_stay(office: Office) -> None:
    first, second = office.numbered(), office.numbered()
    waiting = office.issued()
    _refused(DocumentError.NO_CODE, lambda: office.act(office.clerk, waiting, Act.RECHECK, code="宿政办发"))
    _refused(DocumentError.OPINION_MISSING, lambda: office.act(office.clerk, first, Act.VOID))
    office.act(office.clerk, first, Act.VOID, "内容有误")
    third = office.act(office.clerk, waiting, Act.RECHECK)
    actor = accounts.actor_for(office.clerk)
    rows = selectors.numbers_of(actor, code=office.code, year=clock.today().year)
    assert [(row.serial, row.void_reason) for row in rows] == [(1, "内容有误"), (2, ""), (3, "")]
    assert [second.number[-2:], third.number[-2:]] == ["2号", "3号"]
    assert TakenNumber.objects.filter(void_at=None).count() == 2
    other = Office(code="宿教发")
    assert other.numbered().number.endswith("〕1号")
    assert AgencyCode.objects.count() == 2


def test_secret_documents_are_refused_with_the_reason(office: Office) -> None:
    refused = _refused(DocumentError.SECRET, lambda: office.draft(body="机密★1年\n正文"))
    assert refused.params["found"] == "机密"
    _refused(DocumentError.SECRET, lambda: office.received(title="秘密★关于某事的通知"))
    assert not Document.objects.exists()
    made = office.draft()
    marked = "密级：机密\n请阅"
    _refused(DocumentError.SECRET, lambda: office.act(office.drafter, made, Act.SUBMIT, opinion=marked))
    actor = accounts.actor_for(office.drafter)
    written = {"document_id": made.id, "page": 1, "strokes": [], "version": 0, "words": marked}
    _refused(DocumentError.SECRET, lambda: services.write_layer(actor=actor, **written))
    made.refresh_from_db()
    assert (made.state, made.layers.count()) == (State.DRAFT, 0)


def test_distribution_waits_at_the_other_organisation_to_be_signed_for(office: Office) -> None:
    other = Office(code="宿教发")
    made = office.numbered(urgency=Urgency.EXTRA_URGENT)
    office.act(office.clerk, made, Act.DISTRIBUTE, units=[other.place.id])
    office.act(office.clerk, made, Act.DISTRIBUTE, units=[other.place.id], people=[office.reader])
    arrived = Document.objects.get(organisation_id=other.place.id)
    assert (arrived.state, arrived.number, arrived.sender) == (State.ARRIVED, made.number, made.unit_name)
    assert _waits(other.clerk) == ["document.sign"]
    _refused(DocumentError.NOT_FOUND, lambda: office.act(office.clerk, arrived, Act.SIGN))
    signed = other.act(other.clerk, arrived, Act.SIGN)
    assert signed.signed_at is not None
    delivery, content = selectors.serve_file(
        accounts.actor_for(other.clerk), arrived.id, made.page_file_id or made.id, None
    )
    assert (delivery.status, b"".join(content)[:5]) == (200, b"%PDF-")


def test_unread_ones_are_chased_and_then_told_by_sms_once(
    office: Office, travel: Travel, deliver_events: Deliver
) -> None:
    made = office.numbered()
    office.act(office.clerk, made, Act.DISTRIBUTE, people=[office.reader, office.handler])
    assert services.read(actor=accounts.actor_for(office.reader), document_id=made.id)
    assert not services.read(actor=accounts.actor_for(office.reader), document_id=made.id)
    assert not services.read(actor=accounts.actor_for(office.leader), document_id=made.id)
    office.act(office.clerk, made, Act.CHASE)
    _refused(DocumentError.NOTHING_TO_CHASE, lambda: office.act(office.clerk, made, Act.CHASE))
    deliver_events()
    assert _told("chased") == {office.handler}
    assert services.text_unread() == 0
    travel(hours=25)
    assert services.text_unread() == 1
    assert services.text_unread() == 0
    deliver_events()
    assert _told("unread") == {office.handler}
    assert Reader.objects.filter(read_at=None, sms_at=None).count() == 0


def test_who_is_away_is_stood_in_for(office: Office) -> None:
    made = office.draft()
    office.act(office.drafter, made, Act.SUBMIT, checker_id=office.checker, leader_id=office.leader)
    today = clock.today()
    workflow_services.delegate(
        actor=accounts.actor_for(office.checker), delegate_id=office.helper, from_on=today, to_on=today
    )
    assert office.act(office.helper, made, Act.CHECK).state == State.SIGNING


def test_who_drafted_and_is_away_is_stood_in_for(office: Office) -> None:
    made = office.draft()
    ways = {"checker_id": office.checker, "leader_id": office.leader}
    today = clock.today()
    workflow_services.delegate(
        actor=accounts.actor_for(office.drafter), delegate_id=office.helper, from_on=today, to_on=today
    )
    assert Act.SUBMIT in selectors.acts_for(accounts.actor_for(office.helper), made)
    _refused(DocumentError.NOT_FOUND, lambda: office.act(office.reader, made, Act.SUBMIT, **ways))
    assert office.act(office.helper, made, Act.SUBMIT, **ways).state == State.CHECKING


def test_the_page_is_a4_with_its_font_inside_and_every_sign_of_the_text(office: Office) -> None:
    made = office.numbered(
        title="关于王堃同志任职的通知", copies_to="市委办公室", body="任命王堃同志为主任。\U00030edd"
    )
    page = pypdf.PdfReader(BytesIO(printing.render(sheet_of(made))))
    first = page.pages[0]
    text = "".join(first.extract_text().split())
    assert [round(float(size) / 72 * 25.4) for size in first.mediabox[2:]] == [210, 297]
    for said in (
        made.number,
        "关于王堃同志任职的通知",
        "各单位：",
        "任命王堃同志为主任。〓",
        "抄送：市委办公室。",
        "印发",
    ):
        assert said in text, said
    fonts = first["/Resources"]["/Font"]
    descendant = next(iter(fonts.values())).get_object()["/DescendantFonts"][0].get_object()
    assert "/FontFile2" in descendant["/FontDescriptor"].get_object()
    stored = b"".join(attachments.serve(made.page_file_id or made.id, None)[1])
    assert made.number in "".join(pypdf.PdfReader(BytesIO(stored)).pages[0].extract_text().split())


def test_a_page_that_was_not_drawn_is_drawn_later_and_once(office: Office) -> None:
    made = office.numbered()
    Document.objects.filter(pk=made.id).update(page_file_id=None)
    assert [print_missing(), print_missing()] == [1, 0]
    assert Document.objects.get(pk=made.id).page_file_id not in {None, made.page_file_id}


def test_a_long_text_fills_pages_and_the_imprint_stands_on_the_last(office: Office) -> None:
    made = office.numbered(body="各单位要认真贯彻落实。" * 400)
    page = pypdf.PdfReader(BytesIO(printing.render(sheet_of(made))))
    texts = ["".join(one.extract_text().split()) for one in page.pages]
    assert len(texts) > 4
    assert [("印发" in text) for text in texts] == [False] * (len(texts) - 1) + [True]
    assert "".join(texts).count("各单位要认真贯彻落实。") >= 390


def test_a_layer_is_ones_own_and_replaced(office: Office) -> None:
    made = office.numbered()
    actor = accounts.actor_for(office.leader)
    for version, words in enumerate(("", "阅")):
        services.write_layer(
            actor=actor, document_id=made.id, page=1, strokes=[[[0.1, 0.1], [0.2, 0.2]]], words=words, version=version
        )
    too_much = [[[0.5, 0.5]]] * 500
    _refused(
        DocumentError.LAYER_TOO_BIG,
        lambda: services.write_layer(actor=actor, document_id=made.id, page=1, strokes=too_much, version=2),
    )
    layers = selectors.document_for(actor, made.id).layers.all()
    assert [(one.by_name, one.words) for one in layers] == [("赵领导", "阅")]


def test_what_another_device_wrote_meanwhile_is_not_written_over(office: Office) -> None:
    made = office.numbered()
    write = partial(
        services.write_layer, actor=accounts.actor_for(office.leader), document_id=made.id, page=1, strokes=[]
    )
    write(words="手机上写的", version=0)
    for version in (0, 2):
        _refused(CommonError.STALE, partial(write, words="电脑上写的", version=version))
    assert (Layer.objects.get().words, Layer.objects.get().version) == ("手机上写的", 1)
    write(words="手机上写的，电脑上写的", version=1)
    assert (Layer.objects.get().words, Layer.objects.get().version) == ("手机上写的，电脑上写的", 2)


def test_limits_follow_the_urgency(office: Office) -> None:
    days = {}
    for urgency in Urgency:
        came = office.received(urgency=urgency)
        days[urgency] = office.act(office.clerk, came, Act.REGISTER).due_on
    assert days[Urgency.EXTRA_URGENT] < days[Urgency.URGENT] < days[Urgency.PLAIN]
    assert days[Urgency.EXTRA_URGENT] >= clock.today() + timedelta(days=1)
