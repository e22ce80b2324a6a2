"""备案回执: that a filing has come in. It does not say that it is approved, and says so."""

from __future__ import annotations

from datetime import datetime

from yonggong.codes import calendar
from yonggong.documents.rendering.engine import SHANGHAI, compile_paper
from yonggong.documents.rendering.fonts import Ink
from yonggong.documents.rendering.papers import Receipt
from yonggong.documents.rendering.wording import proof_values, written_date

TITLE = "劳动用工备案回执"
OF_SERVICES = "申请回执"


def render_receipt(receipt: Receipt) -> bytes:
    """Give the receipt as a PDF/A of one A4 page, dated by the day of filing in China.

    Raises `ValueError` for a naive time, `fonts.MissingFont` when the type is not installed.
    """
    if receipt.filed_at.tzinfo is None:
        raise ValueError("filed_at needs a time zone")
    filed_at = receipt.filed_at.astimezone(SHANGHAI)
    ink = Ink()
    unit = bool(receipt.credit_code)
    # What is applied for is accepted by a step of its own.
    quoted = "办件编号" if receipt.service else "受理编号"
    facts = [
        ("业务类别", receipt.case_kind),
        ("用人单位" if unit else "申请人", receipt.employer),
        *([("统一社会信用代码", receipt.credit_code)] if unit else []),
        ("经办人", receipt.filer),
        ("提交时间", _written_time(filed_at)),
        (_agency(receipt), receipt.agency),
        *([("办理期限", f"{written_date(receipt.due_on)}前（含当日）")] if receipt.due_on else []),
        *receipt.pairs,
    ]
    values = {
        "title": OF_SERVICES if receipt.service else TITLE,
        "number": ink(receipt.number),
        "addressee": ink(f"{receipt.employer}："),
        "statement": ink(
            f"{'你单位' if unit else '您'}提交的{receipt.case_kind}材料已收到，{quoted}为 {receipt.number}。"
            f"办理进度和结果可凭{quoted}查询。"
        ),
        "facts": [(ink(label), ink(text)) for label, text in facts],
        "agency": ink(receipt.agency),
        "dated": written_date(filed_at.date()),
        "proof": proof_values(receipt.proof, ink),
        "notes": [
            _ONLY_SERVICE if receipt.service else _ONLY_FILED,
            *_open(receipt),
            *ink.notes(),
        ],
    }
    return compile_paper("receipt.typ", values, filed_at.date())


_ONLY_FILED = "本回执仅证明备案材料已经提交，不代表备案审核通过。"
_ONLY_SERVICE = "本回执仅证明申请材料已经提交，不代表申请已经受理或者批准。"


def _agency(receipt: Receipt) -> str:
    if receipt.service:
        return "接收机构"
    return "备案机构" if receipt.credit_code else "受理机构"


def _open(receipt: Receipt) -> list[str]:
    """Say that the time limit may still move, where its year's days off are not announced."""
    said = calendar.caution(receipt.due_on) if receipt.due_on else ""
    return [f"办理期限：{said}。"] if said else []


def _written_time(moment: datetime) -> str:
    return f"{written_date(moment.date())} {moment:%H:%M}"
