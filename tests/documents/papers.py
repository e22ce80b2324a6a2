"""Papers for the tests of rendering: invented people, numbers with a valid checksum."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from stdnum.cn import ric, uscc

from yonggong import contracts
from yonggong.documents.rendering import (
    Column,
    EndingCertificate,
    Proof,
    Receipt,
    Roster,
    TablePaper,
    roster,
    roster_paper,
)

MADE_ON = date(2025, 1, 2)
NUMBER = "XD22010420250102000123"
EMPLOYER = "长春市试验用精密机械制造有限责任公司"
AGENCY = "长春市南关区人力资源和社会保障局"
PROOF = Proof(
    code="7K3F-Q8XW-2M9D",
    scanned="https://example.test/v/7K3FQ8XW2M9D",
    where="扫描二维码，或在公共服务页面输入验证码，可核对本件真伪。",
)


def id_number(serial: int) -> str:
    stem = f"22010419900101{serial % 1000:03d}"
    return stem + ric.calc_check_digit(stem + "0")


def credit_code() -> str:
    stem = "91220101MA0TE8T00"
    return stem + uscc.calc_check_digit(stem)


def table(**changes: Any) -> TablePaper:
    """A small table with two columns, one row, a totals line and two seals."""
    values: dict[str, Any] = {
        "title": "试验名册",
        "header": [("用人单位", EMPLOYER), ("统一社会信用代码", credit_code())],
        "columns": [Column("序号", 10), Column("姓名", 50)],
        "rows": [["1", "张三"]],
        "made_on": MADE_ON,
        "number": NUMBER,
        "totals": "合计：1人。",
        "seals": ["用人单位（盖章）", "人力资源社会保障部门（盖章）"],
    }
    return TablePaper(**values | changes)


def roster_row(serial: int, **changes: Any) -> dict[str, Any]:
    """A row with every key that any of the three rosters reads."""
    return {
        "name": ("张三", "巴特尔·苏和", "李四", "阿依古丽·买买提江")[serial % 4],
        "sex": "男女"[serial % 2],
        "document_number": id_number(serial),
        "job": "操作工",
        "employment_form": "全日制",
        "term_type": "固定期限",
        "signed_on": date(2024, 12, 30),
        "start_on": date(2025, 1, 1),
        "end_on": date(2027, 12, 31),
        "probation_end_on": date(2025, 3, 31),
        "pay": Decimal("4500"),
        "previous_start_on": date(2022, 1, 1),
        "previous_end_on": date(2024, 12, 31),
        "term_count": 2,
        "ending": "解除",
        "ended_on": date(2025, 6, 30),
        "end_reason": "劳动者提前三十日书面通知解除（第三十七条）",
        "service_months": 42,
        "severance_paid": Decimal("0"),
    } | changes


def layout_of(kind: str) -> Roster:
    """What stands on the roster of a kind of contract filing."""
    return roster(Path(contracts.__file__).parent / kind / "roster.yaml")


def roster_of(kind: str, rows: list[dict[str, Any]], **changes: Any) -> TablePaper:
    values: dict[str, Any] = {
        "employer": EMPLOYER,
        "credit_code": credit_code(),
        "agency": AGENCY,
        "made_on": MADE_ON,
        "number": NUMBER,
    }
    return roster_paper(layout_of(kind), rows, **values | changes)


def certificate(**changes: Any) -> EndingCertificate:
    values: dict[str, Any] = {
        "employer": EMPLOYER,
        "credit_code": credit_code(),
        "name": "巴特尔·苏和",
        "sex": "男",
        "document_type": "居民身份证",
        "document_number": id_number(7),
        "job": "操作工",
        "term_type": "固定期限",
        "start_on": date(2023, 1, 1),
        "end_on": date(2025, 12, 31),
        "ending": "解除",
        "ended_on": date(2025, 6, 30),
        "service_months": 30,
        "reason": "劳动者提前三十日书面通知解除",
        "article": "《中华人民共和国劳动合同法》第三十七条",
    }
    return EndingCertificate(**values | changes)


def receipt(**changes: Any) -> Receipt:
    values: dict[str, Any] = {
        "number": "BA22010420250102000123",
        "case_kind": "劳动合同新订备案",
        "employer": EMPLOYER,
        "credit_code": credit_code(),
        "filer": "王五",
        "filed_at": datetime(2025, 1, 2, 3, 4, tzinfo=UTC),
        "agency": AGENCY,
        "due_on": date(2025, 1, 20),
    }
    return Receipt(**values | changes)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page without white space, as lines break anywhere."""
    return ["".join(page.extract_text().split()) for page in reader(pdf).pages]
