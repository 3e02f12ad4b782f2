"""`manage.py import_powers`: dry run first, the rest goes in, twice is once, another county needs no code."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend import powers
from backend.accounts import selectors as accounts
from backend.powers import selectors, services
from backend.powers.models import ImportBatch, PowerItem, PowerVersion
from backend.powers.selectors import PowerQuery
from kernel.actors import Actor
from kernel.models import OutboxEvent
from tests.factories import powers as make

pytestmark = pytest.mark.django_db

REAL = Path(powers.__file__).parent / "data" / "service_catalogue.csv"
HEADER = "department,main_item,name,implementing_code,type_code,type_name,organisation_code"
ROWS = [
    "县教育局,未分类,教师资格认定,511A0138000000-321322000000-000-11511301008778183N-1-00,1,行政许可,11511301008778183N",
    "县教育局,未分类,学生资助,511A0138000001-321322000000-000-11511301008778183N-1-00,5,行政给付,00877868-5",
]


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_powers", str(path), *options, stdout=out)
    return out.getvalue()


def take(*rows: str, commit: bool = True, encoding: str = "utf-8", actor: Actor = make.SYSTEM, **options):
    raw = "\n".join([HEADER, *rows]).encode(encoding)
    return services.import_catalogue(actor=actor, raw=raw, file_name="县.csv", commit=commit, **options)


def test_a_dry_run_says_what_it_would_do_and_does_nothing():
    out = run(REAL)
    assert "共 728 行，新增 728，更新 0，未变 0，未收 0" in out
    assert "试运行" in out
    assert out.count("新单位") == 29
    assert (PowerItem.objects.count(), ImportBatch.objects.count(), OutboxEvent.objects.count()) == (0, 0, 0)
    assert accounts.list_organisations(region="511602") == []


def test_the_real_file_goes_in_whole_and_once():
    out = run(REAL, "--commit")
    assert "新增 728" in out
    assert PowerItem.objects.filter(state="published").count() == 728
    assert len(accounts.list_organisations(region="511602")) == 29
    again = run(REAL, "--commit")
    assert "新增 0，更新 0，未变 728，未收 0" in again
    assert (PowerItem.objects.count(), PowerVersion.objects.count(), ImportBatch.objects.count()) == (728, 728, 1)
    assert not PowerVersion.objects.filter(is_online=True).exists()


def test_an_organisation_with_two_codes_is_one_and_is_known_by_both():
    run(REAL, "--commit")
    first = accounts.organisation_by_code("11511301008778386B")
    assert first.id == accounts.organisation_by_code("11736").id
    assert first.name == "区交通运输局"
    assert accounts.organisation_by_code("1151130108778239R_6391").name == "区人社局"
    assert accounts.organisation_by_code("008778685").name == "区司法局"


def test_the_tables_are_written_in_bulk(django_assert_max_num_queries):
    county = make.organisation("县教育局", code="11511301008778183N", level="county", region_code="321322")
    head, tail = ROWS[0].split("0138000000")
    many = [f"{head}{number:010d}{tail}" for number in range(700)]
    with django_assert_max_num_queries(25):
        report = take(*many)
    assert (report.created, report.organisations) == (700, [])
    assert PowerItem.objects.filter(organisation_id=county.id).count() == 700


def test_imported_items_are_found_but_are_not_online():
    run(REAL, "--commit")
    (found,) = selectors.find_powers(PowerQuery(text="适龄儿童 延缓入学"))
    assert found.item.organisation.name == "区教科体局"
    assert selectors.published_version(found.item_id).is_online is False


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_another_county_in_another_encoding_needs_no_code(encoding):
    county = make.organisation("沭阳县人民政府", code="321322", level="county", region_code="321322")
    report = take(*ROWS, encoding=encoding)
    assert (report.created, report.refused) == (2, 0)
    (bureau,) = report.organisations
    assert (bureau.name, bureau.region_code, bureau.parent_id) == ("县教育局", "321322", county.id)


def test_a_known_organisation_is_found_by_name_and_learns_its_codes():
    known = make.organisation("县教育局", level="county", region_code="321322")
    report = take(*ROWS)
    assert report.organisations == []
    assert accounts.organisation_by_code("008778685").id == known.id
    assert set(PowerItem.objects.values_list("organisation_id", flat=True)) == {known.id}


def test_bad_rows_are_told_with_line_column_value_and_reason(tmp_path):
    bad = ROWS[0].replace("行政许可", "行政服务").replace("0000-3213", "0009-3213")
    path = tmp_path / "县.csv"
    path.write_text("\n".join([HEADER, bad, ROWS[1]]), encoding="utf-8")
    out = run(path, "--commit")
    assert "未收 第2行 type_name “1 行政服务”：没有这种事项类型，或该类型已取消" in out
    assert "新增 1，更新 0，未变 0，未收 1" in out


def test_a_new_name_becomes_a_further_version():
    take(*ROWS)
    report = take(ROWS[0].replace("教师资格认定", "中小学教师资格认定"), ROWS[1])
    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)
    versions = PowerVersion.objects.filter(item__local_code__startswith="511A0138000000").order_by("number")
    assert [(row.number, row.name) for row in versions] == [(1, "教师资格认定"), (2, "中小学教师资格认定")]
    info = selectors.published_version(versions[0].item_id)
    assert (info.version, info.name) == (2, "中小学教师资格认定")
    assert [row.name for row in selectors.find_powers(PowerQuery(text="jszg"))] == ["中小学教师资格认定"]


def test_what_was_filled_in_here_is_not_overwritten():
    take(*ROWS)
    item = PowerItem.objects.get(local_code__startswith="511A0138000000")
    office = accounts.organisation(item.organisation_id)
    editor = make.official("catalogue_editor", office)
    version_id = services.open_version(actor=editor, power_id=item.pk)
    services.save_draft(actor=editor, version_id=version_id, seen_version=1, content=make.content(name="教师资格"))
    make.publish(version_id, office)
    report = take(*ROWS)
    assert report.refused == 1
    assert "由本系统维护" in report.faults[0].reason
    assert selectors.published_version(item.pk).name == "教师资格"
    assert take(ROWS[0].replace("教师资格认定", "教师资格"), ROWS[1]).refused == 0


def test_a_code_of_another_organisation_or_type_is_refused():
    take(*ROWS)
    moved = ROWS[0].replace("县教育局", "县民政局").replace(",11511301008778183N", ",083372204")
    retyped = ROWS[1].replace("5,行政给付", "8,行政奖励")
    report = take(moved, retyped)
    assert [fault.reason for fault in report.faults] == ["编码已属于“县教育局”", "编码已属于另一类型的事项"]
    assert PowerItem.objects.count() == 2


def test_an_official_without_the_right_to_enter_organisations_gets_a_report():
    county = make.organisation("沭阳县人民政府", code="321322", level="county", region_code="321322")
    report = take(*ROWS, actor=make.official("catalogue_editor", county))
    assert (report.created, report.refused) == (0, 2)
    assert all("单位“县教育局”无法对应" in fault.reason for fault in report.faults)


def test_an_import_is_one_line_one_event_and_a_note_on_each_item(deliver_events):
    report = take(*ROWS)
    event = OutboxEvent.objects.get(type="power.catalogue_imported")
    assert event.subject_id == report.batch_id
    assert event.data["created"] == 2
    deliver_events()
    item = PowerItem.objects.first()
    assert [line.kind for line in selectors.power_page(item.pk).changes] == ["imported"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [(b"a,b\n1,2\n", "缺少列"), (b"\xff\xff\xff", "不是 UTF-8")],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, raw, reason):
    path = tmp_path / "x.csv"
    path.write_bytes(raw)
    with pytest.raises(CommandError, match=reason):
        run(path)
    with pytest.raises(CommandError, match="无法打开"):
        run(tmp_path / "none.csv")
