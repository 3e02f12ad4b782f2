"""Values of the journal: what a line holds, what a check found, what an anchor says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from kernel.errors import ErrorCode, Text, error

GENESIS = "0" * 64
ALGORITHM = "sha256-1"


class JournalError(ErrorCode):
    """Refusals of the journal."""

    LINE_NOT_FOUND = error(
        "journal_line_not_found",
        404,
        zh=("没有找到这条日志", "日志不存在，或您无权查看。"),
        en=("Journal line not found", "It does not exist, or is not yours to see."),
    )
    PRIVATE_ERASED = error(
        "journal_private_erased",
        410,
        zh=("个人信息已销毁", "这条日志中的个人信息已依法销毁，无法再查看。"),
        en=("Personal data erased", "The personal data of this line has been destroyed by law and cannot be shown."),
    )
    REASON_REQUIRED = error(
        "journal_reason_required",
        422,
        zh=("请填写理由", "查看或销毁个人信息必须写明理由。"),
        en=("A reason is needed", "State why you need to see or destroy personal data."),
    )


class LineContent(NamedTuple):
    """What the application wrote, each field in its canonical text form (times in UTC with microseconds)."""

    id: str
    recorded_at: str
    actor_kind: str
    actor_id: str | None
    actor_name: str
    actor_organisation_id: str | None
    actor_roles: str
    session_id: str | None
    action: str
    subject_kind: str
    subject_id: str | None
    organisation_id: str | None
    data: str
    private_digest: str
    private_sha256: str


class SealedLine(NamedTuple):
    """A line with its place in the chain."""

    seq: int
    prev_hash: str
    hash: str
    sealed_at: str
    stamp: str
    seal_stamp: str
    content: LineContent


class LooseLine(NamedTuple):
    """A line that waits for the sealer."""

    stamp: str
    content: LineContent


@dataclass(frozen=True, slots=True)
class Anchor:
    """A signed statement that line `seq` had `hash` at a time; `previous` is the SHA-256 of the anchor line before."""

    seq: int
    hash: str
    at: str
    previous: str
    key_id: str
    signature: str


class Fault(Enum):
    """What can be wrong with the journal."""

    GAP = Text("此处缺少日志行", "a line is missing here")
    ORDER = Text("序号重复或颠倒", "the sequence number is repeated or out of order")
    CONTENT = Text("日志内容被改动，或不是由应用写入", "the content was changed, or was not written by the application")
    CHAIN = Text("与上一行不衔接", "it does not continue the line before it")
    HASH = Text("哈希值与内容不符", "its hash does not fit its content")
    SEAL = Text("封存标记不是由封存程序写入：链被重新计算", "the sealer did not seal it: the chain was recomputed")
    ANCHOR_DIFFERS = Text(
        "与签名锚点不符：链被改写或恢复自旧备份", "it differs from a signed anchor: the chain was rewritten"
    )
    TAIL_CUT = Text(
        "锚点之前的尾部日志缺失：被截断或恢复自旧备份", "lines a signed anchor speaks of are missing: cut or old backup"
    )
    ANCHOR_FORGED = Text("锚点文件中有一行签名无效", "a line of the anchor file does not bear a valid signature")
    ANCHOR_CHAIN = Text("锚点文件中有行被删除或调换", "lines of the anchor file were removed or moved")
    ANCHOR_MISSING = Text("锚点文件缺少已登记的锚点", "the anchor file lacks an anchor that was made")
    LOOSE_FORGED = Text("待封存的行不是由应用写入", "a line that waits for sealing was not written by the application")


@dataclass(frozen=True, slots=True)
class Finding:
    """The first fault: `seq` of the bad line (of the next line to be sealed, for one that waits), and which."""

    fault: Fault
    seq: int
    line_id: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome of a verification: how much was read, and the first fault if there is one."""

    lines: int
    anchors: int
    loose: int
    head_hash: str
    finding: Finding | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return self.finding is None


@dataclass(frozen=True, slots=True)
class LineInfo:
    """A line as an auditor sees it; personal data is not in it."""

    id: UUID
    seq: int | None
    hash: str | None
    recorded_at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    actor_roles: str
    action: str
    subject_kind: str
    subject_id: UUID | None
    organisation_id: UUID | None
    data: dict[str, Any]
    has_private: bool
