"""The form of a survey. Jilin's guide names the survey and no column; what is asked are the labour costs and the
pay of posts that such surveys of the ministry ask for, arranged here (待核)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yonggong.annual.arithmetic import MOST_YUAN
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.checks import register_check

# What labour costs consist of.
COSTS = {
    "wages": "从业人员工资总额",
    "insurance": "社会保险费用",
    "welfare": "福利费用",
    "training": "教育经费",
    "protection": "劳动保护费用",
    "housing": "住房费用",
    "other": "其他人工成本",
}
MOST_POSTS = 300
_PAY = {"lowest": "最低", "average": "平均", "highest": "最高"}


def _number(name: str, label: str, unit: str, **given: Any) -> Field:
    return Field(
        name=name,
        label=label,
        type=FieldType.INTEGER,
        required=True,
        min_value=0,
        unit=unit,
        **given,
    )


_POST = Form(
    name="survey-post",
    title="岗位",
    sections=(
        Section(
            name="post",
            title="岗位",
            fields=(
                Field(name="job", label="岗位名称", required=True, max_length=60),
                Field(name="post_kind", label="岗位类别", type=FieldType.CHOICE, table="post_kind"),
                Field(
                    name="persons",
                    label="人数",
                    type=FieldType.INTEGER,
                    required=True,
                    min_value=1,
                    unit="人",
                ),
                *(_number(name, f"{label}年工资报酬", "元") for name, label in _PAY.items()),
            ),
        ),
    ),
)


def _adds_up(values: Mapping[str, Any]) -> Iterator[Problem]:
    """The costs come to their sum; no post pays less than its least, nor has more people than there are."""
    costs = [values.get(name) for name in COSTS]
    total = values.get("total")
    if total is not None and None not in costs and total != (found := sum(costs)):  # type: ignore[arg-type]
        yield FORM.problem("total", "not_the_sum", f"不等于各项之和 {found}", "请核对各项数字")
    posts = values.get("posts") or ()
    for place, post in enumerate(posts, 1):
        pay = [post[name] for name in _PAY]
        if None not in pay and pay != sorted(pay):
            yield Problem(
                field=f"posts__{place}__average",
                label=f"第 {place} 行平均年工资报酬",
                code="not_between",
                message="不在最低和最高之间",
                remedy="请核对该岗位的工资报酬",
            )
    staff = values.get("staff")
    persons = sum(post["persons"] or 0 for post in posts)
    if staff is not None and persons > staff:
        said = f"各岗位共 {persons} 人，多于在岗职工 {staff} 人"
        yield FORM.problem("posts", "too_many", said, "请核对人数")


register_check("annual_survey", _adds_up)

FORM = Form(
    name="annual-survey",
    title="企业薪酬调查",
    sections=(
        Section(
            name="whole",
            title="用工情况",
            hint="填报上年度全年数。没有见到调查表原表，各项由平台参照企业薪酬调查设置，待核",
            fields=(
                Field(
                    name="year",
                    label="调查年度",
                    type=FieldType.YEAR,
                    required=True,
                    min_value=1990,
                    max_value=2100,
                ),
                Field(
                    name="months",
                    label="全年实际生产经营月数",
                    type=FieldType.INTEGER,
                    required=True,
                    min_value=1,
                    max_value=12,
                    default=12,
                    unit="月",
                ),
                _number("average_persons", "从业人员平均人数", "人"),
                _number("staff", "在岗职工", "人", hint="年末人数"),
                _number("dispatched", "劳务派遣人员", "人"),
            ),
        ),
        Section(
            name="costs",
            title="人工成本",
            hint="没有的填 0",
            fields=(
                *(_number(name, label, "元", max_value=MOST_YUAN) for name, label in COSTS.items()),
                _number("total", "人工成本总计", "元", max_value=MOST_YUAN, hint="以上各项之和"),
            ),
        ),
        Section(
            name="posts",
            title="岗位工资报酬",
            fields=(
                Field(
                    name="posts",
                    label="岗位",
                    type=FieldType.TABLE,
                    rows=_POST,
                    required=True,
                    least=1,
                    most=MOST_POSTS,
                    unique=(("job", "post_kind"),),
                    totals=("persons",),
                    hint="已按审核通过的劳动合同填入的，工资报酬是约定月工资的十二倍，请按实际发放数改正",
                ),
            ),
        ),
    ),
    checks=(_adds_up,),
)
