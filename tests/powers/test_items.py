"""The prepared items go in force for the organisations they belong to; loading twice changes nothing."""

from __future__ import annotations

import pytest

from backend.powers import selectors, services
from backend.powers.models import PowerItem, PowerVersion
from backend.powers.selectors import PowerQuery
from kernel.models import OutboxEvent
from tests.factories import powers as make

pytestmark = pytest.mark.django_db

OFFICES = {
    "教育局": 2,
    "市场监督管理局": 3,
    "住房和城乡建设局": 1,
    "卫生健康委员会": 3,
    "交通运输局": 1,
    "烟草专卖局": 1,
    "城市管理局": 2,
    "发展和改革委员会": 1,
    "民政局": 2,
    "档案馆": 0,
}


def test_a_county_gets_all_of_them_each_at_its_office():
    offices = [make.organisation(f"沭阳县{name}", level="county", region_code="321322") for name in OFFICES]
    report = services.load_items(actor=make.SYSTEM, organisation_ids=[office.id for office in offices])
    assert len(report.created) == sum(OFFICES.values()) == 16
    for office, count in zip(offices, OFFICES.values(), strict=True):
        assert PowerItem.objects.filter(organisation_id=office.id).count() == count
    assert "JS321322JY-XK-0010" in report.created
    assert OutboxEvent.objects.filter(type="power.published").count() == 16


def test_loading_twice_changes_nothing_and_a_changed_file_makes_a_version():
    office = make.organisation("宿迁市教育局")
    services.load_items(actor=make.SYSTEM, organisation_ids=[office.id])
    again = services.load_items(actor=make.SYSTEM, organisation_ids=[office.id])
    assert (again.created, again.changed, again.unchanged) == ([], [], ["JS321300JY-XK-0010"])
    (row,) = selectors.find_powers(PowerQuery(text="jszg"))
    before = selectors.published_version(row.item_id)
    version_id = services.open_version(actor=make.official("catalogue_editor", office), power_id=row.item_id)
    services.save_draft(
        actor=make.official("catalogue_editor", office),
        version_id=version_id,
        seen_version=1,
        content=make.content(promised_limit=9, steps=make.content().steps[:1]),
    )
    make.publish(version_id, office)
    third = services.load_items(actor=make.SYSTEM, organisation_ids=[office.id])
    assert third.changed == ["JS321300JY-XK-0010"]
    now = selectors.published_version(row.item_id)
    assert (now.version, now.promised_limit, now.steps) == (3, before.promised_limit, before.steps)
    assert PowerVersion.objects.filter(item_id=row.item_id).count() == 3


def test_every_office_reads_its_own_name_in_the_guide():
    office = make.organisation("宿迁市教育局")
    services.load_items(actor=make.SYSTEM, organisation_ids=[office.id])
    (row,) = selectors.find_powers(PowerQuery(text="教师资格"))
    assert "市教育局" in selectors.published_version(row.item_id).place
