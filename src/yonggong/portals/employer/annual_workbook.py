"""The tables of an annual filing as one workbook: taken down empty or filled in, and read again."""

from __future__ import annotations

import time

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yonggong import policy
from yonggong.accounts.actions import record_access
from yonggong.annual import actions, standing
from yonggong.annual.rows import by_columns, sheet_of
from yonggong.annual.tables import SHORT, TABLES, UNCHECKED
from yonggong.batch.reading import FileRefused, ReadingEnded, Unwanted, process_of
from yonggong.batch.tables_book import BookRead, Tab, book_of, read_book
from yonggong.cases import queries as case_queries
from yonggong.cases.drafting import save_draft
from yonggong.cases.errors import Forbidden
from yonggong.cases.for_province import for_province
from yonggong.cases.life import NotAllowed
from yonggong.cases.models import Case
from yonggong.portals.employer.desk import Desk, labour
from yonggong.portals.files import workbook
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages.form import is_open
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.uploading import takes_files

MOST_MEGABYTES = 20
_MEGABYTE = 1024 * 1024
_MOST_ROWS = 200_000
# So long a page waits for a file to be read.
_MOST_SECONDS = 60
_MOST_SHOWN = 200
_FIGURES = {standing.WHOLE: "表一", standing.ALONE: "填报说明"}
_ADVICE = (
    "表一在“填写内容”一列填写，一项一行；各项数字须符合：在册职工＝男＋女＝在岗＋不在岗，在册≥在岗≥农民工，应签≤在册，"
    "实签＝四类期限之和（三年、十年计入三年至十年），签订率取整数。",
    "在册职工含农民工；不含离退休人员、被派遣劳动者、实习学生和返聘的离退休人员。",
    "表二一人一行；本单位工作年限按月计算，不满一年的按一年；工资取整数；日期写全年月日，年份四位。",
    "表三填写备案年度内终止或者解除劳动合同的人员；首次备案不填。",
    "与劳动合同备案不同的，在“说明”一列写明原因。",
    "上传后整表替换原有内容；有问题的逐行列出，改正后重新上传。",
)


@labour
@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def page(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """GET: where to take the workbook down and send it in. POST: reads it; with anything wrong in its
    tables nothing of it is kept."""
    case = _open(desk, pk)
    if request.method == "GET":
        return _show(request, case)
    try:
        read = _read(request, desk, case)
    except FileRefused as refused:
        messages.error(request, str(refused))
        return redirect("employer:annual-workbook", case.pk)
    except (ReadingEnded, Unwanted):
        messages.error(request, "文件没有读完，没有读入任何内容。请使用下载的表格填写后重新上传。")
        return redirect("employer:annual-workbook", case.pk)
    if read.faults:
        return _show(request, case, read)
    try:
        _keep(desk, case, read)
    except (Forbidden, NotAllowed) as refused:
        messages.error(request, str(refused))
        return redirect(EMPLOYER.case_url(case))
    for notice in read.notices:
        messages.warning(request, notice)
    said = "，".join(f"{name} {len(rows['name'])} 人" for name, rows in read.tables.items())
    messages.success(request, f"已从表格读入{f'：{said}' if said else ''}。请核对后提交。")
    return redirect(EMPLOYER.form_url(case))


@labour
@require_GET
def blank(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The workbook without content."""
    case = _open(desk, pk)
    return workbook(_book(desk, case, filled=False), f"{case.kind_title}表格.xlsx")


@labour
@require_GET
def filled(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The workbook with all that is filled in; taking it along is recorded."""
    case = desk.case(pk)
    if case.kind not in _FIGURES or not case_queries.may_see_personal(desk.user, case):
        raise Http404
    record_access(case.reference, "年度备案表格", download=True, by=desk.user, address=desk.address)
    return workbook(_book(desk, case, filled=True), f"{case.kind_title}表格（已填写）.xlsx")


def _open(desk: Desk, pk: int) -> Case:
    case = desk.case(pk)
    is_own = case.kind in _FIGURES and case_queries.may_see_personal(desk.user, case)
    if not is_own or not is_open(case):
        raise Http404
    return case


def _tabs(desk: Desk, case: Case, *, filled: bool) -> list[Tab]:
    rules = policy.of(desk.employer.region_code, desk.today)
    return [
        Tab(
            SHORT[table],
            for_province(TABLES[table], rules),
            sheet_of(case, table).columns() if filled else by_columns(table, ()),
        )
        for table in standing.tables_of(case)
    ]


def _book(desk: Desk, case: Case, *, filled: bool) -> bytes:
    typed = case_queries.typed_in(case)
    raw = typed if filled else {"year": typed.get("year")}
    fields = (_FIGURES[case.kind], case.definition.form, raw)
    tabs = _tabs(desk, case, filled=filled)
    advice = (*_ADVICE, *(UNCHECKED[table] for table in standing.tables_of(case)))
    return book_of(case.definition.form.title, fields, tabs, advice)


def _read(request: HttpRequest, desk: Desk, case: Case) -> BookRead:
    """What the workbook sent says. Raises `FileRefused`, `ReadingEnded`, `Unwanted`."""
    file = request.FILES.get("file")
    if file is None:
        raise FileRefused("没有选择文件，请选择填写好的表格后再上传。")
    if (file.size or 0) > MOST_MEGABYTES * _MEGABYTE:
        raise FileRefused(f"文件超过 {MOST_MEGABYTES} MB，请使用下载的表格填写。")
    until = time.monotonic() + _MOST_SECONDS
    with process_of(file.read(), lambda: time.monotonic() < until) as process:
        return read_book(
            process,
            (_FIGURES[case.kind], case.definition.form),
            _tabs(desk, case, filled=False),
            kept=case_queries.typed_in(case),
            most=_MOST_ROWS,
        )


@transaction.atomic
def _keep(desk: Desk, case: Case, read: BookRead) -> None:
    """Keep what was read: the answers as the draft, the tables beside it. Raises `Forbidden`,
    `NotAllowed`."""
    save_draft(
        kind=case.definition,
        applicant=case.applicant,
        raw=read.case.answers,
        case=case,
        by=desk.user,
        now=desk.now,
    )
    called = {SHORT[table]: table for table in TABLES}
    sheets = {called[name]: rows for name, rows in read.tables.items()}
    actions.replace_rows(case=case, sheets=sheets, by=desk.user, now=desk.now)


def _show(request: HttpRequest, case: Case, read: BookRead | None = None) -> HttpResponse:
    stand_under(request, "employer:annual")
    faults = read.faults if read else ()
    context = {
        "case": case,
        "form_url": EMPLOYER.form_url(case),
        "most_megabytes": MOST_MEGABYTES,
        "faults": faults[:_MOST_SHOWN],
        "count": len(faults),
        "unlisted": len(faults[_MOST_SHOWN:]),
        "notices": read.notices if read else (),
    }
    status = 422 if read else 200
    return render(request, "portals/employer/annual_workbook.html", context, status=status)
