"""Accounts of the community platforms of a league (附表2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases.papers import Paper
from yonggong.forms import Field, FieldType
from yonggong.registry.models import Agency
from yonggong.staff import leagues

TABLE = Paper(name="account.platforms", title="社区劳动保障平台授权及密码申请表", prefix="SP")
_ROW = leagues.row_form(
    "account_platform",
    "社区劳动保障平台",
    Field(name="station", label="劳动保障事务所（站）", required=True, max_length=60),
    Field(name="address", label="详细地址", type=FieldType.ADDRESS, required=leagues.COMES),
    Field(name="postcode", label="邮编", type=FieldType.POSTCODE, required=leagues.COMES),
    Field(name="leader", label="负责人姓名", type=FieldType.PERSON_NAME, required=leagues.COMES),
    Field(
        name="holder",
        label="劳动关系协调员或录入人员",
        type=FieldType.PERSON_NAME,
        required=True,
        aliases=("劳动关系协调员", "录入人员"),
    ),
)
FORM = leagues.table_form(
    "account.platforms",
    "社区劳动保障平台授权及密码申请",
    _ROW,
    ("region_code", "station", "holder"),
)


def _ordered(row: Mapping[str, Any], place: Agency) -> Mapping[str, Any]:
    return {
        "name": row["holder"],
        "unit": row["station"],
        "post": "劳动关系协调员或录入人员",
        "rights": "窗口录入劳动用工备案",
        "role": "counter_clerk",
        "region_code": row["region_code"],
        "agency": place,
    }


KIND = leagues.kind(
    name="account.platforms", form=FORM, paper=TABLE, text="account_platforms", ordered=_ordered
)
