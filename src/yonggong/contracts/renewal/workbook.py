"""The workbook of renewals: filled in from what holds, and what its blank cells mean."""

from __future__ import annotations

from datetime import date

from yonggong.cases.workbook import Prefilled, Workbook
from yonggong.catalogue import own_titles
from yonggong.contracts import bulk
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.prefilling import ending_soon, person_cells
from yonggong.contracts.renewal.form import RENEWAL_FORM
from yonggong.contracts.renewal.going_on import complete, continued
from yonggong.contracts.renewal.pages import offered
from yonggong.contracts.workbooks import with_person
from yonggong.forms.columns import cell_words

_NOTES = (
    "本表已填入即将到期合同的现有内容：不续订的人请整行删除，有变化的单元格直接修改。",
    "“合同起始日期”为原合同结束的次日；“合同签订日期”填的是下载当日，请改为实际签订的日期；"
    "“合同结束日期”请逐人填写。",
)


def _cells(contract: Contract, today: date) -> dict[str, str]:
    """The person, and what goes on."""
    values = continued(contract) | {"signed_on": today}
    fields = RENEWAL_FORM.fields_by_name
    return person_cells(contract) | {
        name: cell_words(fields[name], value) for name, value in values.items()
    }


_ROWS = ending_soon(
    offered=offered, cells=_cells, title=own_titles()["contract.renewal"], notes=_NOTES
)


# Of every workbook of renewals, filled in or not.
_BLANK_GOES_ON = "单元格留空表示不变，沿用原合同的内容；原有内容不再约定的，填“无”。"

WORKBOOK = Workbook(
    form=with_person(RENEWAL_FORM),
    page="new",
    notes=(_BLANK_GOES_ON,),
    complete=complete,
    told=bulk.TOLD,
    names=bulk.names,
    opened=bulk.open_later(Filing.Kind.RENEWAL),
    voided=bulk.void_later,
    prefilled=Prefilled(rows=_ROWS, of="即将到期的合同", title="到期合同预填表格", short="续订"),
)
