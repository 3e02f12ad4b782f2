"""Files good and bad, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image, PngImagePlugin

WORD = "word/document.xml"
SHEET = "xl/workbook.xml"
CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, secret: str = "") -> bytes:
    """A picture; with `secret` it carries GPS, a description, and stands on its side."""
    image = Image.effect_noise(size, 50).convert("RGB")
    options: dict[str, object] = {}
    if secret:
        exif = image.getexif()
        exif[0x010E] = secret
        exif[0x0112] = 6
        exif.get_ifd(0x8825)[2] = (33.0, 57.0, 0.0)
        options["exif"] = exif
        if kind == "PNG":
            text = PngImagePlugin.PngInfo()
            text.add_text("Comment", secret)
            options["pnginfo"] = text
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A tiny PNG that claims to be huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\x00" * 1000)), (b"IEND", b"")):
        chunks += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return chunks


def _embed(document: pikepdf.Pdf) -> None:
    document.attachments["x.exe"] = b"MZ"


_SCRIPT = {"S": pikepdf.Name.JavaScript, "JS": "app.alert(1)"}


def _opening(document: pikepdf.Pdf, **action: object) -> None:
    document.Root.OpenAction = document.make_indirect(pikepdf.Dictionary(**action))


def _on_page(document: pikepdf.Pdf, **entries: object) -> None:
    for key, value in entries.items():
        document.pages[0].obj[f"/{key}"] = value


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(**_SCRIPT)


_CHANGES: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "open_script": lambda document: _opening(document, **_SCRIPT),
    "open_launch": lambda document: _opening(document, S=pikepdf.Name.Launch, F="calc.exe"),
    "open_uri": lambda document: _opening(document, S=pikepdf.Name.URI, URI="http://evil.example/"),
    "open_page": lambda document: document.Root.__setattr__(
        "OpenAction", pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])
    ),
    "names_script": lambda document: document.Root.__setattr__(
        "Names", pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["x", _script()])))
    ),
    "page_action": lambda document: _on_page(document, AA=pikepdf.Dictionary(O=_script())),
    "annotation": lambda document: _on_page(
        document, Annots=pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=_script())])
    ),
    "xfa": lambda document: document.Root.__setattr__("AcroForm", pikepdf.Dictionary(XFA="<xdp/>")),
    "chained": lambda document: _opening(document, S=pikepdf.Name.GoTo, Next=_script()),
    "embedded": _embed,
    "encrypted": lambda document: None,
    "": lambda document: None,
}


def pdf(change: str = "") -> bytes:
    """A one-page PDF, or one with something active in it, hidden in a compressed object stream."""
    document = pikepdf.new()
    document.add_blank_page()
    _CHANGES[change](document)
    file = io.BytesIO()
    encryption = pikepdf.Encryption(owner="x", user="y") if change == "encrypted" else False
    streams = pikepdf.ObjectStreamMode.generate if change else pikepdf.ObjectStreamMode.preserve
    document.save(file, encryption=encryption, object_stream_mode=streams, static_id=not encryption)
    return file.getvalue()


def swelling_pdf(megabytes: int) -> bytes:
    """A small PDF with one compressed object that unpacks to so many megabytes."""
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.X = document.make_indirect(pikepdf.String("a" * (megabytes << 20)))
    file = io.BytesIO()
    document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def office(
    parts: dict[str, bytes] | None = None, *, main: str = WORD, compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """An office file with these further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr(main, b"<document/>")
        for part, data in (parts or {}).items():
            archive.writestr(part, data)
    return file.getvalue()


def office_with(info: zipfile.ZipInfo, data: bytes) -> bytes:
    """An office file with one entry described by hand."""
    file = io.BytesIO(office())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(info, data)
    return file.getvalue()


def lying_office(real: int, claimed: int) -> bytes:
    """An entry that unpacks to `real` bytes and says `claimed` in both headers."""
    whole = bytearray(office({"word/media/big.bin": b"\x00" * real}))
    good = struct.pack("<I", real)
    local = whole.index(b"word/media/big.bin") - 30
    central = whole.rindex(b"word/media/big.bin") - 46
    for place in (local + 22, central + 24):
        assert whole[place : place + 4] == good
        whole[place : place + 4] = struct.pack("<I", claimed)
    return bytes(whole)


def overlapping_office() -> bytes:
    """Two directory entries that point at the same packed bytes."""
    whole = bytearray(office({"word/a.xml": b"a" * 50, "word/b.xml": b"a" * 50}, compression=zipfile.ZIP_STORED))
    first = whole.index(b"word/a.xml") - 30
    second = whole.rindex(b"word/b.xml") - 46
    whole[second + 42 : second + 46] = struct.pack("<I", first)
    return bytes(whole)
