"""How dates, spans and proofs are worded on every paper."""

from __future__ import annotations

import io
from datetime import date

import segno

from yonggong.documents.rendering.fonts import Ink
from yonggong.documents.rendering.papers import Proof

# A module under 0.33 mm is hard for an office printer and a telephone; more than 30 mm is in the
# way of the seals.
_MODULE = 0.42
_LEAST_SIDE = 17.0
_MOST_SIDE = 30.0


def written_date(day: date) -> str:
    """Give a date as official papers write it: 2025年1月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def written_months(months: int) -> str:
    """Give a span of whole months as years and months: 26 → 2年2个月. Raises `ValueError` below 0."""
    if months < 0:
        raise ValueError(f"a span of {months} months")
    years, rest = divmod(months, 12)
    if not years and not rest:
        return "不满1个月"
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest else "")


def proof_values(proof: Proof | None, ink: Ink) -> dict[str, object] | None:
    """Give a proof as a template draws it: texts, the QR code as SVG, its side in millimetres."""
    if proof is None:
        return None
    code = segno.make_qr(proof.scanned, error="m")
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=4, xmldecl=False)
    modules = code.symbol_size(border=4)[0]
    return {
        "code": ink(proof.code),
        "where": ink(proof.where),
        "svg": drawing.getvalue().decode(),
        "side": min(_MOST_SIDE, max(_LEAST_SIDE, modules * _MODULE)),
    }
