"""One person as a vCard 4.0 (RFC 6350), for the phone's own address book."""

from __future__ import annotations

from backend.contacts.types import CardInfo

MAX_OCTETS = 75


def vcard(card: CardInfo) -> str:
    """The card's text, lines folded at 75 octets. The mobile number only when it is shown in full."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:urn:uuid:{card.id}",
        f"FN:{_escaped(card.name)}",
        f"N:{_escaped(card.name)};;;;",
        f"ORG:{_escaped(card.unit_name)}",
    ]
    if card.post:
        lines.append(f"TITLE:{_escaped(card.post)}")
    if card.office_phone:
        lines.append(f"TEL;TYPE=work,voice:{_escaped(card.office_phone)}")
    if card.is_mobile_open:
        lines.append(f"TEL;TYPE=cell:{_escaped(card.mobile)}")
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _escaped(text: str) -> str:
    for sign in ("\\", ",", ";"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines longer than 75 octets go on after a line end and a space, never inside a sign."""
    parts, length = [""], 0
    for sign in line:
        size = len(sign.encode())
        if length + size > MAX_OCTETS:
            parts.append("")
            length = 1
        parts[-1] += sign
        length += size
    return "\r\n ".join(parts)
