"""Catalogue files: the real one is read whole; odd encodings, layouts and rows are read or told, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.powers.rules import catalogue_csv
from backend.powers.rules.catalogue_csv import TypeTable, UnreadableFileError, read_catalogue

REAL = Path(catalogue_csv.__file__).parent.parent / "data" / "service_catalogue.csv"
TYPES = TypeTable(
    by_name={
        "行政许可": "licence",
        "公共服务": "public_service",
        "其他行政权力": "other_power",
        "行政确认": "confirmation",
        "行政裁决": "adjudication",
        "行政给付": "grant",
        "行政奖励": "reward",
    },
    by_number={"01": "licence", "20": "public_service"},
)
HEADER = "department,main_item,name,implementing_code,type_code,type_name,organisation_code"
ROW = "县教育局,未分类,教师资格认定,511A0138000000-321322000000-000-11511301008778183N-1-00,1,行政许可,083372204"


def read(*lines: str, encoding: str = "utf-8", header: str = HEADER):
    return read_catalogue("\r\n".join([header, *lines]).encode(encoding), TYPES)


def test_the_real_file_is_read_whole_and_its_oddities_are_told():
    found = read_catalogue(REAL.read_bytes(), TYPES)
    assert (found.total, len(found.rows)) == (728, 728)
    assert [fault for fault in found.faults if not fault.is_warning] == []
    assert {fault.value for fault in found.faults} == {"130501003"}
    assert catalogue_csv.home_region(found.rows) == "511602"
    assert any("８" in row.name for row in found.rows), "names stay as published"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_noticed(encoding):
    (row,) = read(ROW, encoding=encoding).rows
    assert (row.department, row.name, row.type_code, row.region_code) == (
        "县教育局",
        "教师资格认定",
        "licence",
        "321322",
    )


def test_columns_may_come_in_any_order_with_others_between_and_with_tabs():
    header = "备注\tORGANISATION_CODE\tname\ttype_code\timplementing_code\tdepartment"
    (row,) = read("x\t083372204\t办事\t20\tG-1-00-AB\t县局", header=header).rows
    assert (row.name, row.type_code, row.main_item) == ("办事", "public_service", "")


def test_full_width_signs_in_codes_are_mended():
    (row,) = read(ROW.replace("083372204", "０８３３７２２０４").replace("-1-00", "－1－00")).rows
    assert row.organisation_code.value == "083372204"
    assert row.code.value.endswith("N-1-00")


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (ROW.replace("教师资格认定", ""), "name", "不能为空"),
        (ROW.replace("教师资格认定", "长" * 1001), "name", "超过1000字"),
        (ROW.replace("行政许可", "行政服务"), "type_name", "没有这种事项类型，或该类型已取消"),
        (ROW.replace("1,行政许可", "77,"), "type_name", "没有这种事项类型，或该类型已取消"),
        (ROW.replace("083372204", "县教育局"), "organisation_code", "不是单位编码"),
        (ROW.replace("511A0138000000", "=HYPERLINK(1)"), "implementing_code", "不是编码：只能有字母、数字和连字符"),
        (ROW + ",多", "", "单元格比列名多"),
        ("县教育局,未分类", "name", "不能为空"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_in(line, column, reason):
    found = read("", line, ROW, ",,,,,,")
    assert [row.line for row in found.rows] == [4]
    assert (3, column, reason) in {(fault.line, fault.column, fault.reason) for fault in found.faults}
    assert found.total == 2


def test_a_code_given_twice_is_taken_once():
    found = read(ROW, ROW)
    assert len(found.rows) == 1
    assert [(fault.line, fault.reason) for fault in found.faults] == [(3, "与第2行的编码重复")]


def test_lines_are_counted_as_an_editor_shows_them():
    quoted = ROW.replace("教师资格认定", '"教师\n资格认定"')
    found = read(quoted, ROW.replace("教师资格认定", ""))
    assert found.rows[0].name == "教师 资格认定"
    assert [fault.line for fault in found.faults] == [4]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "缺少列"),
        (HEADER.replace("department,", "").encode(), "缺少列：department"),
        (HEADER.replace("type_code,type_name,", "").encode(), "缺少列：type_name"),
        (b"PK\x03\x04\x00\x00\xff\xff", "不是"),
    ],
)
def test_a_file_that_cannot_be_a_catalogue_is_refused_whole(raw, reason):
    with pytest.raises(UnreadableFileError, match=reason):
        read_catalogue(raw, TYPES)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw):
    try:
        found = read_catalogue(HEADER.encode() + b"\n" + raw, TYPES)
    except UnreadableFileError:
        return
    told = {fault.line for fault in found.faults if not fault.is_warning}
    assert len(found.rows) + len(told) >= found.total
