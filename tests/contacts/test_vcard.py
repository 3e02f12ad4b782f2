"""A card reads back with a reader that is not ours."""

from __future__ import annotations

from uuid import uuid4

import vobject

from backend.contacts.types import CardInfo
from mobile_api.v1.contacts.vcard import MAX_OCTETS, vcard


def test_a_card_reads_back_whole_with_long_and_special_signs() -> None:
    unit = "宿迁市住房和城乡建设局；市政公用、园林绿化与城市管理综合执法协调办公室, 三科"
    card = CardInfo(
        id=uuid4(), name="王;秀,英", unit_id=uuid4(), unit_name=unit, post="主任\\科员", office_phone="0527-84368888",
        short_number="668", mobile="13805270001", is_mobile_open=True, may_change=False,
        may_let_leave=False,
    )  # fmt: skip
    text = vcard(card)
    assert all(len(line.encode()) <= MAX_OCTETS for line in text.split("\r\n"))
    read = vobject.readOne(text)
    assert read.fn.value == "王;秀,英"
    assert "".join(read.org.value) == unit
    assert read.title.value == "主任\\科员"
    assert [one.value for one in read.contents["tel"]] == ["0527-84368888", "13805270001"]
