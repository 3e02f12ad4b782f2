"""Who asked sees which officials looked; followers get the papers of an answer once it is public; assisting units put
files with their opinions (issue 4; domain 12.2, 12.3)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.inquiries import selectors, services
from backend.inquiries.models import Order, Publication
from backend.inquiries.types import InquiryError
from kernel.errors import DomainError
from tests.api.inquiries.people import api
from tests.factories import cases, sessions
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db


def paper(unit: make.Unit, order: Order) -> str:
    upload = SimpleUploadedFile("photo.jpg", cases.photo().read(), "image/jpeg")
    made = services.add_file(actor=unit.handler, order_id=order.id, upload=upload, filename="现场.jpg", by="unit")
    return str(made.id)


def test_looks_of_officials_at_an_order_are_shown_to_who_asked() -> None:
    net, wang, li = make.net(), make.citizen(), make.citizen()
    order = make.asked(wang)
    make.dispatched(net, order)
    api(net.operator).get(f"/hotline/orders/{order.id}")
    api(net.city.handler).get(f"/inquiries/handling/{order.id}")
    mine = cases.Api(sessions.signed_in(wang.person_id)).get("/me/accesses").json()["items"]
    assert [(look["about"], look["kind"], look["case_no"]) for look in mine] == [
        ("inquiry", "order", order.order_no)
    ] * 2
    assert [look["organisation_name"] for look in mine] == [net.city.place.name, "12345"]
    assert all("*" in look["who"] for look in mine)
    assert cases.Api(sessions.signed_in(li.person_id)).get("/me/accesses").json()["items"] == []


def test_a_follower_gets_the_papers_of_an_answer_once_it_is_public() -> None:
    net, wang, li = make.net(), make.citizen(), make.citizen()
    order = make.asked(wang)
    services.join(actor=li, order_id=order.id)
    make.signed(net, order)
    shown, kept = paper(net.city, order), paper(net.city, order)
    request = {"text": make.ANSWER, "law_basis": "《城市照明管理规定》第二十三条", "resolution": "solved"}
    make.act(net.city.handler, order, "submit_reply", file_ids=(shown,), **request)
    make.act(net.city.head, order, "sign_off")
    make.act(net.dispatcher, order, "pass_review")
    said = {"reached": True, "contacted": True, "solved": True, "satisfied": True}
    make.act(net.operator, order, "call_back", **said)
    follower = cases.Api(sessions.signed_in(li.person_id))
    page, address = f"/inquiries/{order.id}", f"/inquiries/{order.id}/files/{shown}/content"
    before = follower.get(page).json()
    assert (before["replies"][0]["text"], before["files"], before["replies"][0]["file_ids"]) == (make.ANSWER, [], [])
    assert follower.get(address).status_code == 404
    row = services.propose(actor=net.operator, order_id=order.id)
    services.decide(actor=net.leader, publication_id=row.id, version=row.version, publish=True)
    after = follower.get(page).json()
    assert [one["id"] for one in after["files"]] == [shown] == after["replies"][0]["file_ids"]
    assert (follower.get(address).status_code, follower.get(address.replace(shown, kept)).status_code) == (200, 404)
    assert cases.Api(sessions.signed_in(make.citizen().person_id)).get(address).status_code == 404
    Publication.objects.update(state="withdrawn")
    assert follower.get(address).status_code == 404


def test_an_assisting_unit_puts_files_with_its_opinion() -> None:
    net = make.net()
    order = make.asked(make.citizen())
    make.dispatched(net, order, assist_ids=(net.county.place.id,))
    make.act(net.city.handler, order, "sign")
    file_id = paper(net.county, order)
    with pytest.raises(DomainError) as refused:
        make.act(net.county.handler, order, "give_opinion", text="同意", file_ids=(order.id,))
    assert refused.value.code is InquiryError.FILE_NOT_FOUND
    make.act(net.county.handler, order, "give_opinion", text="现场照片见附件。", file_ids=(file_id,))
    parts = api(net.city.handler).get(f"/inquiries/handling/{order.id}").json()["parts"]
    assert [part["file_ids"] for part in parts if part["part"] == "assist"] == [[file_id]]
    assert [str(one.id) for one in selectors.files_for(net.city.handler, make.fresh(order.id))] == [file_id]
