"""Specimens of materials: pages that say what they stand for, and that they are invented."""

from __future__ import annotations

from datetime import date

from yonggong.cases.models import Blob
from yonggong.documents.rendering import Column, TablePaper, render_table


def specimen(label: str, *, made_on: date) -> Blob:
    """A stored PDF of one page that stands for the material called `label`."""
    content = render_table(
        TablePaper(
            title=f"{label}（样本）",
            header=[("说明", "演示数据，不是真实证件")],
            columns=[Column("项目", 40), Column("内容", 120, "left")],
            rows=[["材料名称", label], ["用途", "演示材料上传、查看和审核"]],
            made_on=made_on,
            number=None,
        )
    )
    return Blob.keep(content)
