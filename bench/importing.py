"""django-import-export in its bulk mode: workers and contracts of a workbook, nothing checked."""

from __future__ import annotations

import time
from typing import Any

import tablib
from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX

from yonggong.contracts.models import Contract
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer, Worker
from yonggong.vault import seal


class _Options:
    """The settings its documentation names for speed."""

    use_bulk = True
    batch_size = 1000
    skip_diff = True
    force_init_instance = True


class _Workers(resources.ModelResource):
    document_digest = fields.Field("document_digest", "document_digest", widgets.Widget())

    class Meta(_Options):
        model = Worker
        import_id_fields = ("document_digest",)
        fields = ("document_type", "document_digest", "document_sealed", "name", "sex", "birth_on")


class _Contracts(resources.ModelResource):
    employer = fields.Field("employer_id", "employer", widgets.IntegerWidget())
    worker = fields.Field(
        "worker", "document_digest", widgets.ForeignKeyWidget(Worker, "document_digest")
    )

    class Meta(_Options):
        model = Contract
        import_id_fields = ("worker",)
        fields = (
            "employer", "worker", "state", "full_time", "work_start_on", "start_on", "end_on",
            "term_type", "term_count", "migrated",
        )  # fmt: skip


def import_workbook(content: bytes, names: tuple[str, ...], employer: Employer) -> float:
    """Seconds from the workbook to the rows of its workers and contracts.

    `names` are the fields of its columns. What a resource cannot make of a cell by itself (digest,
    sealed number, codes) is added to the rows here.
    """
    began = time.perf_counter()
    constant = {
        "employer": employer.pk, "state": "filing", "full_time": "1", "term_count": 1,
        "migrated": "0",
    }  # fmt: skip
    number, kind, sex, term, end = (
        names.index(name)
        for name in ("document_number", "document_type", "sex", "term_type", "end_on")
    )
    rows = tablib.Dataset(headers=[*names, "document_digest", "document_sealed", *constant])
    for read in XLSX().create_dataset(content):
        cells: list[Any] = [cell or "" for cell in read]
        cells[kind], cells[sex] = "01", "1"
        cells[term] = "1" if cells[end] else "2"
        digest = document_digest("01", cells[number])
        rows.append(
            [*cells, digest, seal(cells[number], Worker.owner_of(digest)), *constant.values()]
        )
    _Workers().import_data(rows, raise_errors=True)
    _Contracts().import_data(rows, raise_errors=True)
    return time.perf_counter() - began
