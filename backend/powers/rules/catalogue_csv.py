"""Reading a published catalogue file: any of the usual encodings, every fault told with line, column and reason."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backend.powers.rules import codes
from backend.powers.rules.codes import ItemCode, OrganisationCode

COLUMNS = ("department", "main_item", "name", "implementing_code", "type_code", "type_name", "organisation_code")
REQUIRED = ("department", "name", "implementing_code", "organisation_code")
TYPE_COLUMNS = ("type_code", "type_name")
MAX_LENGTHS = {"department": 100, "main_item": 1000, "name": 1000}
MAX_BYTES = 50 * 1024 * 1024
UNSORTED = "未分类"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class UnreadableFileError(Exception):
    """The file as a whole cannot be taken; the text says why, in Chinese, for the person who runs the import."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not taken, or (`is_warning`) what is odd about a row that is."""

    line: int
    column: str
    value: str
    reason: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A row that can be taken. `region_code` is six digits, empty when the code does not show it."""

    line: int
    department: str
    main_item: str
    name: str
    code: ItemCode
    type_code: str
    organisation_code: OrganisationCode
    region_code: str


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """What a file holds: rows to take, faults, its digest and encoding."""

    rows: tuple[CatalogueRow, ...]
    faults: tuple[Fault, ...]
    sha256: str
    encoding: str
    total: int


@dataclass(frozen=True, slots=True)
class TypeTable:
    """How types are named in files: by name, and by national number where a file gives no name."""

    by_name: Mapping[str, str]
    by_number: Mapping[str, str]


def read_catalogue(raw: bytes, types: TypeTable) -> CatalogueFile:
    """Read a catalogue file whole. Raises UnreadableFileError when it has no readable text or lacks columns."""
    encoding, text = decode(raw)
    rows: dict[str, CatalogueRow] = {}
    faults: list[Fault] = []
    total = 0
    for line, header, cells in _records(text):
        total += 1
        row, found = _read_row(line, header, cells, types)
        faults += found
        if row is None:
            continue
        twin = rows.setdefault(row.code.value, row)
        if twin is not row:
            faults.append(Fault(line, "implementing_code", row.code.value, f"与第{twin.line}行的编码重复"))
    digest = hashlib.sha256(raw).hexdigest()
    return CatalogueFile(tuple(rows.values()), tuple(faults), digest, encoding, total)


def decode(raw: bytes) -> tuple[str, str]:
    """The encoding of a file and its text: by its mark, else UTF-8, else GB18030. Raises UnreadableFileError."""
    if len(raw) > MAX_BYTES:
        raise UnreadableFileError(f"文件超过{MAX_BYTES // 1024 // 1024}MB")
    marked = next((name for mark, name in BOMS if raw.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return encoding, text
    raise UnreadableFileError("不是 UTF-8、UTF-16 或 GB18030 编码的文本文件")


def home_region(rows: tuple[CatalogueRow, ...]) -> str:
    """The region most rows belong to, empty when no code shows one."""
    counted = Counter(row.region_code for row in rows if row.region_code)
    return counted.most_common(1)[0][0] if counted else ""


def _records(text: str) -> Iterator[tuple[int, list[str], list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = [codes.plain(name).lower() for name in next(reader)]
    before = reader.line_num
    try:
        for cells in reader:
            start, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield start, header, cells
    except csv.Error as error:
        raise UnreadableFileError(f"第{reader.line_num}行不是合格的 CSV：{error}") from error


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    names: set[str] = set()
    for delimiter in (",", "\t", ";"):
        found = {codes.plain(name).strip('"').lower() for name in header.split(delimiter)}
        if set(REQUIRED) <= found and found & set(TYPE_COLUMNS):
            return delimiter
        names |= found & set(COLUMNS)
    missing = [name for name in REQUIRED if name not in names]
    missing += [] if names & set(TYPE_COLUMNS) else ["type_name"]
    raise UnreadableFileError(f"缺少列：{'、'.join(missing)}")


def _read_row(
    line: int, header: Sequence[str], cells: Sequence[str], types: TypeTable
) -> tuple[CatalogueRow | None, list[Fault]]:
    given = dict(zip(header, cells, strict=False))
    values = {name: codes.plain(given.get(name, "")) for name in COLUMNS}
    values["name"] = " ".join(given.get("name", "").split())
    faults = list(_faults(line, cells[len(header) :], values))
    code = codes.parse_item_code(values["implementing_code"])
    organisation = codes.parse_organisation_code(values["organisation_code"])
    kind = _type_of(values, types)
    if code is None and values["implementing_code"]:
        faults.append(
            Fault(line, "implementing_code", values["implementing_code"], "不是编码：只能有字母、数字和连字符")
        )
    if organisation is None and values["organisation_code"]:
        faults.append(Fault(line, "organisation_code", values["organisation_code"], "不是单位编码"))
    if kind is None:
        shown = " ".join(values[name] for name in TYPE_COLUMNS).strip()
        faults.append(Fault(line, "type_name", shown, "没有这种事项类型，或该类型已取消"))
    if faults or code is None or organisation is None or kind is None:
        return None, faults
    if not organisation.is_sound:
        faults.append(
            Fault(line, "organisation_code", organisation.value, "单位编码校验位不对，已照收", is_warning=True)
        )
    region = code.parts.get("region", "")[:6]
    main_item = "" if values["main_item"] == UNSORTED else values["main_item"]
    row = CatalogueRow(line, values["department"], main_item, values["name"], code, kind, organisation, region)
    return row, faults


def _faults(line: int, surplus: Sequence[str], values: Mapping[str, str]) -> Iterator[Fault]:
    if any(cell.strip() for cell in surplus):
        yield Fault(line, "", " ".join(surplus)[:80], "单元格比列名多")
    for name in REQUIRED:
        if not values[name]:
            yield Fault(line, name, "", "不能为空")
    for name, limit in MAX_LENGTHS.items():
        if len(values[name]) > limit:
            yield Fault(line, name, values[name][:40] + "…", f"超过{limit}字")


def _type_of(values: Mapping[str, str], types: TypeTable) -> str | None:
    if values["type_name"]:
        return types.by_name.get(values["type_name"])
    return types.by_number.get(values["type_code"].zfill(2)) if values["type_code"] else None
