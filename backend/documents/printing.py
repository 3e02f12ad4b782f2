"""The printed page of an outgoing document: A4 after GB/T 9704-2012, with the font inside the file.

Measures are millimetres: text area 156 × 225, 37 from the top, 28 from the left; 22 lines a page, 28 signs a line.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import cast

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, WrapMode

from backend.documents.types import Sheet

FONT = Path(__file__).parent / "fonts" / "NotoSerifSC-Regular.ttf"
RED = (200, 16, 46)
TOP, LEFT, WIDTH, HEIGHT = 37.0, 28.0, 156.0, 225.0
LINE = HEIGHT / 22
SIGN = WIDTH / 28
BODY_POINTS = SIGN / 25.4 * 72
TITLE_POINTS, HEAD_POINTS, SMALL_POINTS = 22.0, 40.0, 14.0
MISSING = "〓"


def render(sheet: Sheet) -> bytes:
    """The document as PDF. Signs that the font lacks are printed as 〓, as typesetters do, never left out."""
    pdf = _Page()
    pdf.add_font("serif", fname=FONT)
    pdf.set_margins(LEFT, TOP, 210 - LEFT - WIDTH)
    pdf.set_auto_page_break(True, 297 - TOP - HEIGHT)
    pdf.set_title(_known(sheet.title))
    pdf.set_lang("zh-CN")
    pdf.add_page()
    _head(pdf, sheet)
    _body(pdf, sheet)
    _signature(pdf, sheet)
    _imprint(pdf, sheet)
    return bytes(pdf.output())


class _Page(FPDF):
    """Pages with their number below the text: — 1 —, on the right of odd pages and the left of even ones."""

    def footer(self) -> None:
        """One line 7 mm below the text area."""
        self.set_text_color(0)
        self.set_font("serif", size=SMALL_POINTS)
        self.set_xy(LEFT + SIGN, TOP + HEIGHT + 7)
        align = "R" if self.page_no() % 2 else "L"
        self.cell(WIDTH - 2 * SIGN, 5, f"— {self.page_no()} —", align=align)


def _head(pdf: FPDF, sheet: Sheet) -> None:
    pdf.set_font("serif", size=BODY_POINTS)
    if sheet.urgency:
        pdf.cell(WIDTH, LINE, _known(sheet.urgency), new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(TOP + 30)
    pdf.set_text_color(*RED)
    name = _known(f"{sheet.organisation}文件")
    _fitting(pdf, name, HEAD_POINTS)
    pdf.cell(WIDTH, 18, name, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.set_font("serif", size=BODY_POINTS)
    pdf.set_y(pdf.get_y() + LINE)
    if sheet.is_upward:
        pdf.set_x(LEFT + SIGN)
        pdf.cell(WIDTH / 2, LINE, _known(sheet.number))
        pdf.cell(
            WIDTH / 2 - 2 * SIGN, LINE, _known(f"签发人：{sheet.signer}"), align="R", new_x="LMARGIN", new_y="NEXT"
        )
    else:
        pdf.cell(WIDTH, LINE, _known(sheet.number), align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_draw_color(*RED)
    pdf.set_line_width(0.7)
    pdf.line(LEFT, pdf.get_y() + 4, LEFT + WIDTH, pdf.get_y() + 4)
    pdf.set_y(pdf.get_y() + 4 + 2 * LINE)


def _body(pdf: FPDF, sheet: Sheet) -> None:
    pdf.set_font("serif", size=TITLE_POINTS)
    title = _known(sheet.title)
    pdf.multi_cell(WIDTH, LINE * 1.2, title, align="C", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("serif", size=BODY_POINTS)
    pdf.set_y(pdf.get_y() + LINE)
    if sheet.recipients:
        _paragraph(pdf, f"{sheet.recipients.rstrip('：:')}：")
    for paragraph in sheet.body.splitlines():
        if paragraph.strip():
            _paragraph(pdf, f"　　{paragraph.strip()}")


def _paragraph(pdf: FPDF, text: str) -> None:
    pdf.multi_cell(WIDTH, LINE, _known(text), align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")


def _signature(pdf: FPDF, sheet: Sheet) -> None:
    """Who issues and the date, with the seal over both; never alone on a page."""
    if pdf.get_y() + 4 * LINE > TOP + HEIGHT:
        pdf.add_page()
    pdf.set_y(pdf.get_y() + 2 * LINE)
    name = _known(sheet.organisation)
    length = max(pdf.get_string_width(name), pdf.get_string_width(sheet.dated))
    left = LEFT + WIDTH - 4 * SIGN - length
    middle = left + length / 2
    pdf.set_x(left)
    pdf.cell(length, LINE, name, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_x(left)
    pdf.cell(length, LINE, _known(sheet.dated), align="C", new_x="LMARGIN", new_y="NEXT")
    _seal(pdf, name, middle, pdf.get_y() - LINE)


def _seal(pdf: FPDF, name: str, x: float, y: float) -> None:
    """A ring of 42 mm with the name along its upper arc and a star, as seals of county governments are."""
    radius = 21.0
    pdf.set_draw_color(*RED)
    pdf.set_text_color(*RED)
    with pdf.local_context(fill_opacity=0.75, stroke_opacity=0.75):
        pdf.set_line_width(1.2)
        pdf.circle(x=x, y=y, radius=radius, style="D")
        pdf.set_fill_color(*RED)
        pdf.polygon([_at(x, y, 7.0 if k % 2 == 0 else 2.7, k * 36.0) for k in range(10)], style="F")
        step = min(20.0, 240.0 / max(len(name) - 1, 1))
        pdf.set_font("serif", size=min(15.0, 11.5 * step / 12))
        for place, sign in enumerate(name):
            angle = (place - (len(name) - 1) / 2) * step
            cx, cy = _at(x, y, radius - 4.5, angle)
            with pdf.rotation(-angle, cx, cy):
                pdf.text(cx - pdf.get_string_width(sign) / 2, cy + 1.5, sign)
    pdf.set_text_color(0)


def _at(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    turn = math.radians(degrees)
    return x + radius * math.sin(turn), y - radius * math.cos(turn)


def _imprint(pdf: FPDF, sheet: Sheet) -> None:
    """The last lines of the last page: copies, who printed it and when (版记)."""
    pdf.set_font("serif", size=SMALL_POINTS)
    copies = _known(f"抄送：{sheet.copies_to.rstrip('。')}。") if sheet.copies_to else ""
    lines = 0
    if copies:
        found = pdf.multi_cell(
            WIDTH - 2 * SIGN, 7, copies, wrapmode=WrapMode.CHAR, dry_run=True, output=MethodReturnValue.LINES
        )
        lines = len(cast("list[str]", found))
    top = TOP + HEIGHT - 7 * (lines + 1) - 4
    if pdf.get_y() + LINE > top:
        pdf.add_page()
        pdf.set_font("serif", size=SMALL_POINTS)
    pdf.set_auto_page_break(False)
    pdf.set_draw_color(0)
    _rule(pdf, top, 0.35)
    pdf.set_xy(LEFT + SIGN, top + 1)
    if copies:
        pdf.multi_cell(WIDTH - 2 * SIGN, 7, copies, align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
        _rule(pdf, pdf.get_y(), 0.25)
    pdf.set_x(LEFT + SIGN)
    pdf.cell(WIDTH / 2, 7, _known(sheet.printed_by))
    pdf.cell(WIDTH / 2 - 2 * SIGN, 7, _known(f"{sheet.printed_on}印发"), align="R", new_x="LMARGIN", new_y="NEXT")
    _rule(pdf, pdf.get_y(), 0.35)


def _rule(pdf: FPDF, y: float, width: float) -> None:
    pdf.set_line_width(width)
    pdf.line(LEFT, y, LEFT + WIDTH, y)


def _fitting(pdf: FPDF, text: str, points: float) -> None:
    """The largest size up to `points` in which the text fits on one line."""
    pdf.set_font("serif", size=points)
    width = pdf.get_string_width(text)
    if width > WIDTH:
        pdf.set_font("serif", size=points * WIDTH / width * 0.99)


@cache
def _signs() -> frozenset[int]:
    with TTFont(FONT, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _known(text: str) -> str:
    return "".join(sign if ord(sign) in _signs() or sign == "\n" else MISSING for sign in text)
