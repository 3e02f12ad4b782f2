"""A citizen asks in under a minute: words first, topic suggested, photo and voice, similar ones shown, “me too”;
follows the story; answers three questions; reopens. What is not his he does not see."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.inquiries.people import api
from tests.factories import cases
from tests.factories import inquiries as make
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def net() -> make.Net:
    return make.net()


@pytest.fixture
def wang(net: make.Net) -> Api:
    return cases.citizen()


def ask(who: Api, words: str = make.WORDS, **more: object) -> dict[str, str]:
    answer = who.post("/inquiries", {"words": words, **more})
    assert answer.status_code == 201, answer.content
    found: dict[str, str] = answer.json()
    return found


def test_words_alone_are_enough(wang: Api) -> None:
    receipt = ask(wang)
    shown = wang.get(f"/inquiries/{receipt['id']}")
    assert shown.status_code == 200
    body = shown.json()
    assert (body["topic"], body["request_type"], body["state"], body["holder"]) == (
        "路灯照明",
        "help",
        "received",
        "12345",
    )
    assert body["words"] == make.WORDS
    assert body["can"] == ["urge", "add_file"]


def test_before_sending_topics_and_similar_ones_are_shown(wang: Api) -> None:
    other = cases.citizen()
    ask(other, "和平小区门口路灯坏了，晚上漆黑一片", place={"area_code": "321322"})
    secret = ask(other, "举报和平小区门口路灯坏了没人修", request_type="report")
    found = wang.post("/inquiries/suggestions", {"words": make.WORDS, "area_code": "321322"}).json()
    assert found["topics"][0]["code"] == "city.facilities.lamp"
    assert len(found["similar"]) == 1
    assert secret["id"] not in {one["id"] for one in found["similar"]}


def test_me_too_joins_and_sees_the_answer_but_not_the_words(net: make.Net, wang: Api) -> None:
    li = cases.citizen()
    receipt = ask(wang)
    joined = li.post(f"/inquiries/{receipt['id']}/join")
    assert joined.status_code == 200, joined.content
    assert (joined.json()["words"], joined.json()["is_own"], joined.json()["followers"]) == ("", False, 1)
    make.answered(net, make.by_no(receipt["order_no"]))
    seen = li.get(f"/inquiries/{receipt['id']}").json()
    assert seen["replies"][0]["text"] == make.ANSWER
    assert li.get("/inquiries", followed="true").json()["items"][0]["order_no"] == receipt["order_no"]
    assert li.get("/inquiries").json()["items"] == []


def test_the_same_draft_is_one_inquiry_however_often_it_is_sent(wang: Api) -> None:
    ref = uuid4().hex
    first, second = ask(wang, client_ref=ref), ask(wang, client_ref=ref)
    assert first["order_no"] == second["order_no"]
    assert len(wang.get("/inquiries").json()["items"]) == 1


def test_photo_and_voice(wang: Api) -> None:
    receipt = ask(wang)
    path = f"/inquiries/{receipt['id']}/files"
    photo = wang.post(path, {"file": cases.photo()}, format="multipart")
    voice = SimpleUploadedFile("录音.wav", make.voice(), "audio/wav")
    sound = wang.post(path, {"file": voice}, format="multipart")
    assert (photo.status_code, sound.status_code) == (201, 201), (photo.content, sound.content)
    assert sound.json()["media_type"] == "audio/wav"
    content = wang.get(f"{path}/{sound.json()['id']}/content")
    assert b"".join(content.streaming_content)[:4] == b"RIFF"
    assert cases.citizen().get(f"{path}/{sound.json()['id']}/content").status_code == 404


def test_the_story_says_who_holds_it_and_whose_clock_runs(net: make.Net, wang: Api) -> None:
    receipt = ask(wang)
    order = make.by_no(receipt["order_no"])
    make.dispatched(net, order)
    make.act(net.city.handler, order, "request_return", reason_code="not_our_duty", clause="三定", note="内部意见")
    story = wang.get(f"/inquiries/{receipt['id']}/timeline").json()
    assert (story["holder"], story["clock"]) == (net.city.place.name, "centre")
    assert [line["kind"] for line in story["items"]] == ["register", "dispatch"]
    assert "内部意见" not in str(story)


def test_three_questions_redo_and_reopening(net: make.Net, wang: Api) -> None:
    receipt = ask(wang)
    order = make.by_no(receipt["order_no"])
    make.answered(net, order)
    path = f"/inquiries/{receipt['id']}"
    etag = wang.get(path)["ETag"]
    no = {"contacted": True, "solved": False, "satisfied": False, "comment": "还是不亮"}
    assert wang.post(f"{path}/satisfaction", no).status_code == 428
    again = wang.post(f"{path}/satisfaction", no, etag=etag)
    assert (again.status_code, again.json()["state"]) == (200, "processing")
    stale = wang.post(f"{path}/satisfaction", no, etag=etag)
    assert stale.status_code == 412
    make.answered(net, order, text="重新敷设了整条电缆，全部点亮。")
    yes = {"contacted": True, "solved": True, "satisfied": True}
    closed = wang.post(f"{path}/satisfaction", yes, etag=wang.get(path)["ETag"])
    assert closed.json()["outcome"] == "satisfied"
    assert closed.json()["can"] == ["reopen"]
    opened = wang.post(f"{path}/reopen", {"reason": "今晚又不亮了"}, etag=closed["ETag"])
    assert (opened.status_code, opened.json()["state"]) == (200, "registered")


def test_what_is_not_mine_is_not_there(net: make.Net, wang: Api) -> None:
    receipt, stranger = ask(wang), cases.citizen()
    path = f"/inquiries/{receipt['id']}"
    assert stranger.get(path).status_code == 404
    assert stranger.get(f"{path}/timeline").status_code == 404
    assert stranger.post(f"{path}/urge", {}).status_code == 404
    assert stranger.post(f"{path}/reopen", {"reason": "x"}, etag='"1"').status_code == 404
    assert stranger.get("/hotline/orders").status_code == 404
    assert stranger.get("/inquiries/tasks").json()["items"] == []
    assert stranger.get(f"/inquiries/handling/{receipt['id']}").status_code == 404


def test_progress_by_number_and_code_without_signing_in(wang: Api) -> None:
    receipt = ask(wang)
    found = Api().get("/inquiries/progress", order_no=receipt["order_no"], query_code=receipt["query_code"].lower())
    assert found.status_code == 200
    assert make.WORDS not in found.content.decode()
    wrong = Api().get("/inquiries/progress", order_no=receipt["order_no"], query_code="AAAAAA")
    assert wrong.status_code == 404


def test_what_cannot_be_understood_is_refused_by_field(wang: Api) -> None:
    for body in ({"words": ""}, {"words": "路灯", "request_type": "poem"}, {"words": "x", "unknown": 1}):
        assert wang.post("/inquiries", body).status_code == 400
    assert wang.post("/inquiries", {"words": "路灯坏了", "topic": "no.such"}).status_code == 422


def test_a_unit_never_reads_who_reported(net: make.Net) -> None:
    whistleblower = cases.citizen()
    words = "我叫王小明，电话13805271234，举报市容科收红包"
    receipt = ask(whistleblower, words, request_type="report")
    order = make.by_no(receipt["order_no"])
    make.dispatched(net, order)
    handler = api(net.city.handler)
    shown = handler.get(f"/inquiries/handling/{receipt['id']}")
    listed = handler.get("/inquiries/tasks")
    assert shown.json()["caller"] is None
    for text in (shown.content.decode(), listed.content.decode()):
        assert "王小明" not in text
        assert "13805271234" not in text
    assert "收红包" in shown.json()["words"]
    assert handler.get(f"/hotline/orders/{receipt['id']}").status_code == 404


def test_what_holds_is_told_before_asking(net: make.Net) -> None:
    body = Api().get("/inquiries/terms").json()
    answers = {
        (row["channel"], row["request_type"], row["urgent"], row["petition"]): (row["amount"], row["unit"])
        for row in body["limits"]
        if row["kind"] == "answer"
    }
    assert answers["", "inquiry", False, False] == (1, "wd")
    assert answers["mailbox", "", False, True] == (60, "cd")
    assert {area["code"] for area in body["areas"]} >= {net.county.place.region_code}
    assert (body["reopen_hours"], body["max_files"], body["map"]["tiles"]) == (72, 6, "")


def test_a_report_says_that_its_caller_is_protected_and_when_it_may_be_reopened(net: make.Net, wang: Api) -> None:
    receipt = ask(wang, request_type="report")
    seen = wang.get(f"/inquiries/{receipt['id']}").json()
    assert (seen["protected"], seen["channel"], seen["said"], seen["reopen_until"]) == (True, "app", None, None)
    order = make.answered(net, make.by_no(receipt["order_no"]))
    said = {"contacted": None, "solved": True, "satisfied": True}
    closed = wang.post(f"/inquiries/{receipt['id']}/satisfaction", said, etag=f'"{order.version}"').json()
    assert closed["can"] == ["reopen"]
    assert (closed["said"]["solved"], closed["said"]["satisfied"], bool(closed["reopen_until"])) == (True, True, True)
