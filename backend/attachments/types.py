"""Values of the file store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, error


class MediaType(StrEnum):
    """The kinds of files the store takes, found by content and never by name."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    M4A = "audio/mp4"
    OGG = "audio/ogg"
    WEBM = "audio/webm"
    WAV = "audio/wav"


EXTENSIONS: Mapping[MediaType, str] = {
    MediaType.PDF: ".pdf",
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.WEBP: ".webp",
    MediaType.DOCX: ".docx",
    MediaType.XLSX: ".xlsx",
    MediaType.M4A: ".m4a",
    MediaType.OGG: ".ogg",
    MediaType.WEBM: ".weba",
    MediaType.WAV: ".wav",
}
IMAGES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
SOUNDS = frozenset({MediaType.M4A, MediaType.OGG, MediaType.WEBM, MediaType.WAV})
OFFICE = frozenset({MediaType.DOCX, MediaType.XLSX})


class FileState(StrEnum):
    """Whether a file can be read."""

    READY = "ready"
    QUARANTINED = "quarantined"
    DISCARDED = "discarded"


class ScanState(StrEnum):
    """What the virus scanner said; `unscanned` where none is configured."""

    UNSCANNED = "unscanned"
    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"


class AttachmentError(ErrorCode):
    """Refusals of the file store. Nothing of a refused file is kept."""

    NOT_FOUND = error(
        "file_not_found",
        404,
        zh=("没有找到文件", "文件不存在、已删除，或您无权查看。"),
        en=("File not found", "It does not exist, was removed, or is not yours to see."),
    )
    TOO_LARGE = error(
        "file_too_large",
        413,
        zh=("文件过大", "单个文件不能超过 {megabytes} MB，请压缩后重新上传。"),
        en=("The file is too large", "A file may have at most {megabytes} MB. Make it smaller and send it again."),
    )
    EMPTY = error(
        "file_empty",
        422,
        zh=("文件是空的", "请检查文件能否正常打开，然后重新选择。"),
        en=("The file is empty", "Check that it opens on your device, then choose it again."),
    )
    TYPE_UNKNOWN = error(
        "file_type_unsupported",
        422,
        zh=("不支持这种文件", "请上传 PDF、JPG、PNG、WebP 图片或不含宏的 docx、xlsx 文件、语音；改扩展名无效。"),
        en=(
            "Unsupported kind of file",
            "Send a PDF, a JPG, PNG or WebP picture, a docx or xlsx file without macros, or a voice note. "
            "Renaming a file does not help.",
        ),
    )
    TYPE_NOT_ACCEPTED = error(
        "file_type_not_accepted",
        422,
        zh=("此处不接受这种文件", "这项材料只接受：{accepted}。"),
        en=("Not accepted here", "This material takes only: {accepted}."),
    )
    DAMAGED = error(
        "file_damaged",
        422,
        zh=("文件无法打开", "文件已损坏、加密或结构异常，请重新导出后上传。"),
        en=("The file cannot be opened", "It is damaged, encrypted or oddly built. Export it again and send that."),
    )
    IMAGE_TOO_BIG = error(
        "image_too_many_pixels",
        422,
        zh=("图片尺寸过大", "图片不能超过 {megapixels} 百万像素，请缩小后上传。"),
        en=("The picture has too many pixels", "At most {megapixels} megapixels. Scale it down and send it again."),
    )
    ACTIVE_CONTENT = error(
        "file_active_content",
        422,
        zh=("文件含有可执行内容", "文件中含有脚本、宏、嵌入文件或自动动作。请“打印为 PDF”或去除宏后重新上传。"),
        en=(
            "The file holds active content",
            "It contains scripts, macros, embedded files or automatic actions. Print it "
            "to PDF or remove the macros, then send it again.",
        ),
    )
    ARCHIVE_BOMB = error(
        "file_unpacks_too_large",
        422,
        zh=("文件结构异常", "文件内部条目过多或展开后过大，请另存为新文件后上传。"),
        en=(
            "The file unpacks too large",
            "It has too many parts, or grows too large when opened. Save it as a new file and send that.",
        ),
    )
    POLYGLOT = error(
        "file_mixed_types",
        422,
        zh=("文件内容混杂", "文件同时是两种类型，请重新导出后上传。"),
        en=("Two kinds of file in one", "It is two kinds of file at once. Export it again and send that."),
    )
    INFECTED = error(
        "file_infected",
        422,
        zh=("文件含有病毒", "文件未被保存。请先对设备杀毒，再重新上传。"),
        en=("The file contains malware", "It was not kept. Clean your device, then send the file again."),
    )
    QUOTA = error(
        "file_quota_exceeded",
        429,
        zh=("上传数量已达上限", "您已上传的文件过多，请先删除不需要的草稿材料。"),
        en=(
            "Upload quota reached",
            "You have uploaded too many files. Remove those you no longer need from your drafts.",
        ),
    )
    QUARANTINED = error(
        "file_in_quarantine",
        409,
        zh=("文件正在安全检查", "文件还在等待病毒检查，请稍后再试。"),
        en=("The file is being checked", "It still waits for the virus check. Try again later."),
    )
    RANGE = error(
        "range_not_satisfiable",
        416,
        zh=("请求的范围无效", "请求的字节范围超出了文件大小。"),
        en=("Range not satisfiable", "The bytes asked for lie outside the file."),
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """What content may be like. Bytes and counts."""

    max_pixels: int = 50_000_000
    max_zip_entries: int = 500
    max_zip_ratio: int = 100
    max_unpacked_bytes: int = 200 * 1024 * 1024
    max_pdf_objects: int = 200_000


@dataclass(frozen=True, slots=True)
class Quota:
    """How much one person may keep."""

    max_files: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class StoredFileInfo:
    """A stored file. `sha256` and `size` are of the bytes handed out; `sent_sha256` of the bytes that came in."""

    id: UUID
    owner_kind: str
    owner_id: UUID
    sha256: str
    sent_sha256: str
    size: int
    media_type: str
    filename: str
    state: FileState
    scan: ScanState
    uploaded_by: UUID | None


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a file must be handed out: the status, and headers that let no browser run or store it."""

    status: int
    headers: Mapping[str, str]
    byte_range: ByteRange | None
