"""The papers, as plain values: what stands on them, nothing about how it is drawn.

A paper without a number is a preview: it is printed with 预览 across each page and cannot pass for
the paper itself. Equal values give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Align = Literal["left", "center", "right"]
Pair = tuple[str, str]  # a label without its colon, and the value


@dataclass(frozen=True, slots=True)
class Proof:
    """How a printed paper is checked: a code to type, and what a scanner reads.

    code: shown at the foot of every page. scanned: the content of the QR code (an address or the
    proof itself, up to about 1,200 bytes), shown once. where: how to check it, one short sentence.
    """

    code: str
    scanned: str
    where: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head (line feeds break it), its share of the width, its alignment.

    Shares are in any unit: columns are scaled to fill the page.
    """

    title: str
    width: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class TablePaper:
    """A table on A4 with a header, totals and places for seals.

    header: pairs above the table, two beside each other; number and date get their own place.
    rows: one text per column. totals: the last line of the table, left out when empty.
    notes: small lines under the table. seals: one box each, with 经办人 and a date to fill in.
    """

    title: str
    header: Sequence[Pair]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    made_on: date
    number: str | None = None
    totals: str = ""
    notes: Sequence[str] = ()
    seals: Sequence[str] = ()
    landscape: bool = True
    proof: Proof | None = None

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table needs columns")
        for index, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"row {index} has {len(row)} cells for {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class EndingCertificate:
    """What 劳动合同法实施条例第二十四条 wants on a certificate, and whom it concerns.

    term_type: e.g. 固定期限; end_on: the end agreed in the contract, None without one.
    ending: which of the two happened. service_months: whole months in this employer's service,
    with those that 第十条 adds. reason and article (e.g. 《中华人民共和国劳动合同法》第三十六条)
    may be empty: the law does not ask for them.
    """

    employer: str
    credit_code: str
    name: str
    sex: str
    document_type: str
    document_number: str
    job: str
    term_type: str
    start_on: date
    end_on: date | None
    ending: Literal["解除", "终止"]
    ended_on: date
    service_months: int
    reason: str = ""
    article: str = ""
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """备案回执: that a filing has come in, where, when, and until when it is decided.

    case_kind: e.g. 劳动合同新订备案. filed_at: local time of the platform (Asia/Shanghai), aware.
    pairs: what else is worth showing, such as the number of persons or the materials handed in.
    employer: the applicant, who is a person where there is no credit_code. due_on: None where no
    limit runs. service: a service item is applied for, nothing is filed.
    """

    number: str
    case_kind: str
    employer: str
    credit_code: str
    filer: str
    filed_at: datetime
    agency: str
    due_on: date | None
    pairs: Sequence[Pair] = ()
    proof: Proof | None = None
    service: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The result of an item as an agency tells its applicant.

    statement: what was decided, a sentence or two. facts: pairs in a table. parts: headings with
    their paragraphs (the grounds, the law); one without any is left out.
    """

    title: str
    number: str
    applicant: str
    statement: str
    agency: str
    decided_on: date
    facts: Sequence[Pair] = ()
    parts: Sequence[tuple[str, Sequence[str]]] = ()


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table in a form: its heads, its rows in words, its totals (empty where none are reckoned)."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FilledPart:
    """A part of a filled-in form: answers in order, each a pair or a table."""

    title: str
    answers: Sequence[Pair | FilledTable]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as it was filled in and sent.

    number: what it is quoted by, at the foot of every page. facts: pairs above the form. notes:
    small lines below it, such as who printed it. blank: nobody has filled it in yet, it leaves
    room to write. sample: filled in with invented answers, and marked so. signers: who signs or seals
    it below.
    """

    title: str
    number: str
    facts: Sequence[Pair]
    parts: Sequence[FilledPart]
    notes: Sequence[str]
    made_on: date
    blank: bool = False
    sample: bool = False
    signers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """The receipt of a delivery: what was served on whom, how and when. `by_hand`: whoever fetched it
    signs on the paper."""

    title: str
    number: str
    facts: Sequence[Pair]
    by_hand: bool
    agency: str
    served_on: date
    sender: str
