"""Accounts of the bureaus of a league and its banners (附表1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases.papers import Paper
from yonggong.forms import Field, FieldType
from yonggong.registry.models import Agency
from yonggong.staff import leagues

TABLE = Paper(name="account.bureaus", title="各盟市和旗县区授权及密码申请表", prefix="SQ")
_ROW = leagues.row_form(
    "account_bureau",
    "盟市和旗县区",
    Field(
        name="address", label="盟市（旗县）详细地址", type=FieldType.ADDRESS, required=leagues.COMES
    ),
    Field(name="postcode", label="邮编", type=FieldType.POSTCODE, required=leagues.COMES),
    Field(name="leader", label="分管领导姓名", type=FieldType.PERSON_NAME, required=leagues.COMES),
    Field(
        name="holder",
        label="劳动关系科室负责人（账户负责人）",
        type=FieldType.PERSON_NAME,
        required=True,
        aliases=("账户负责人", "劳动关系科室负责人"),
    ),
)
FORM = leagues.table_form(
    "account.bureaus", "各盟市和旗县区授权及密码申请", _ROW, ("region_code", "holder")
)


def _ordered(row: Mapping[str, Any], place: Agency) -> Mapping[str, Any]:
    return {
        "name": row["holder"],
        "unit": place.name,
        "post": "劳动关系科室负责人",
        "rights": "本地区劳动用工备案审核、查询",
        "role": "reviewer",
        "region_code": row["region_code"],
        "agency": place,
    }


KIND = leagues.kind(
    name="account.bureaus", form=FORM, paper=TABLE, text="account_bureaus", ordered=_ordered
)
