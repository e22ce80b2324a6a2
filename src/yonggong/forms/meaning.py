"""What a field means and how it is written, in Chinese: notes of the template and of the API."""

from __future__ import annotations

from datetime import date

from yonggong.codes.tables import headers
from yonggong.forms.choices import plain_options
from yonggong.forms.cleaners import bounds, max_length
from yonggong.forms.fields import CASCADING, CODED, DATED, NUMERIC, Field, FieldType

_FORMATS = {
    FieldType.PERSON_NAME: "按有效证件填写",
    FieldType.EMPLOYER_NAME: "按营业执照或登记证书填写全称",
    FieldType.DATE: "格式：yyyy-mm-dd",
    FieldType.MONTH: "格式：yyyy-mm",
    FieldType.YEAR: "四位数字的年份",
    FieldType.BOOLEAN: "填“是”或“否”",
    FieldType.ID_NUMBER: "18 位准确的身份证号码",
    FieldType.DOCUMENT_NUMBER: "按证件填写，不加空格",
    FieldType.CREDIT_CODE: "18 位统一社会信用代码",
    FieldType.ORGANISATION_CODE: "9 位组织机构代码",
    FieldType.MOBILE: "11 位手机号码",
    FieldType.PHONE: "手机号码，或区号-号码",
    FieldType.EMAIL: "电子邮箱地址",
    FieldType.POSTCODE: "6 位数字",
    FieldType.BANK_ACCOUNT: "银行卡号，数字",
    FieldType.MONEY: "阿拉伯数字，可至小数点后两位，单位：{unit}",
    FieldType.INTEGER: "整数{unit_after}",
    FieldType.DECIMAL: "数字，至多 {places} 位小数{unit_after}",
}
_EXAMPLES = {
    FieldType.DATE: "2024-01-05",
    FieldType.MONTH: "2024-01",
    FieldType.YEAR: "2024",
    FieldType.BOOLEAN: "是",
    FieldType.MONEY: "5000.00",
    FieldType.POSTCODE: "130000",
    FieldType.PHONE: "0431-88888888",
}


def meaning(field: Field) -> str:
    """What the field means: its hint, and where its value comes from."""
    source = f"来源：{field.source}" if field.source else ""
    return "。".join(part.rstrip("。") for part in (field.hint, source) if part)


def writing(field: Field) -> str:
    """How the field is written: kind, length, bounds."""
    parts = [_format(field)]
    most = max_length(field)
    if most is not None:
        parts.append(f"{most} 个字以内")
    low, high = (field.min_value, field.max_value)
    if low is not None or high is not None:
        parts.append(_range(field))
    return "；".join(part for part in parts if part)


def example(field: Field) -> str:
    """A sample of what to write, empty where none is given and none goes without saying."""
    if field.example:
        return field.example
    if field.type in CODED:
        options = plain_options(field)
        return options[0].label if options else ""
    return _EXAMPLES.get(field.type, "")


def _format(field: Field) -> str:
    if field.type in CODED:
        return _coded_format(field)
    unit = field.unit or ("元" if field.type is FieldType.MONEY else "")
    return _FORMATS.get(field.type, "").format(
        unit=unit, unit_after=f"，单位：{unit}" if unit else "", places=field.places
    )


def _coded_format(field: Field) -> str:
    if field.type is FieldType.MULTI_CHOICE:
        return "可多选，用顿号隔开"
    if field.type is FieldType.REGION:
        return "填行政区划全称（省市县）或代码"
    table = headers()[field.table].title if field.table else field.label
    if field.type in CASCADING:
        return f"填《{table}》的名称或代码"
    return "从下拉列表中选择" if plain_options(field) else f"填《{table}》的名称或代码"


def _range(field: Field) -> str:
    low, high = bounds(field)
    unit = field.unit if field.type in NUMERIC else ""
    if low is not None and high is not None and field.max_value is not None:
        return f"{low} 至 {high} {unit}".rstrip()
    if field.max_value is None:
        return f"不{_word(field, '小', '早')}于 {low} {unit}".rstrip()
    return f"不{_word(field, '大', '晚')}于 {high} {unit}".rstrip()


def _word(field: Field, number: str, day: str) -> str:
    return day if field.type in DATED or isinstance(field.min_value, date) else number
