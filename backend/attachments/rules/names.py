"""File names as people give them, made harmless for every system that will ever see them."""

from __future__ import annotations

import re
import unicodedata

from backend.attachments.types import EXTENSIONS, MediaType

MAX_CHARACTERS = 120
_RUNNABLE = re.compile(
    r"\.(?=(?:php\d?|phtml|exe|dll|js|mjs|html?|xhtml|svg|bat|cmd|sh|jsp|aspx?|py|jar|com|scr|vbs|ps1|hta|lnk)(?:\.|$))",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r'[<>:"|?*;%`$]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def clean_name(raw: str, media_type: MediaType) -> str:
    """A safe name with the extension of the found type, at most 120 characters; `文件` when nothing is left.

    Folders, control signs (NUL, direction overrides, zero-width) and signs that shells or file systems give a meaning
    go; an inner extension that would run somewhere loses its dot.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", raw))[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in "\u2028\u2029")
    stem = _without_extension(_FORBIDDEN.sub("_", visible), media_type)
    stem = _RUNNABLE.sub("_", stem).strip(" ._")
    if not stem or _RESERVED.match(stem):
        stem = f"文件{stem}"
    extension = EXTENSIONS[media_type]
    return stem[: MAX_CHARACTERS - len(extension)].rstrip(" .") + extension


def _without_extension(name: str, media_type: MediaType) -> str:
    stem, dot, extension = name.rpartition(".")
    known = {known.lstrip(".") for known in EXTENSIONS.values()} | {"jpeg", "jpe", "doc", "xls"}
    if dot and stem and (extension.lower() in known or f".{extension.lower()}" == EXTENSIONS[media_type]):
        return stem
    return name
