"""The fields that only some contracts need: what the parties agreed besides, special circumstances.

All of them are optional. They feed the rules of law that the ordinary fields cannot answer; the
wording follows articles 19 to 21 of the general contract (Wuhai, annex 2) and the articles named.
"""

from __future__ import annotations

from yonggong.contracts.fields import FIXED, NOT_PART_TIME, OWN_TEXT
from yonggong.forms import Field, FieldType, Section, When

_NON_COMPETE = When("non_compete_months", filled=True)
_SERVICE_PERIOD = When("service_period_months", filled=True)

_AGREED = (
    Field(
        name="clauses",
        label="合同文本已载明的条款",
        type=FieldType.MULTI_CHOICE,
        table="contract_clause",
        show_when=When("contract_text", equals=OWN_TEXT),
        width=12,
        hint="使用自拟文本的，对照文本逐项勾选",
    ),
    Field(
        name="agreed_matters",
        label="双方约定的其他事项",
        type=FieldType.LONG_TEXT,
        max_length=1000,
        width=12,
        hint="按照合同文本“双方约定事项”摘录",
    ),
    Field(
        name="non_compete_months",
        label="竞业限制期限",
        type=FieldType.INTEGER,
        unit="个月",
        min_value=1,
        max_value=600,
        hint="没有约定竞业限制的不填",
    ),
    Field(
        name="non_compete_pay",
        label="竞业限制月补偿",
        type=FieldType.MONEY,
        required=_NON_COMPETE,
        show_when=_NON_COMPETE,
        unit="元/月",
        min_value=0,
        hint="没有约定补偿的填 0",
    ),
    Field(
        name="has_secrets",
        label="属于高级管理、高级技术或者负有保密义务的人员",
        type=FieldType.BOOLEAN,
        show_when=_NON_COMPETE,
    ),
    Field(
        name="service_period_months",
        label="服务期",
        type=FieldType.INTEGER,
        unit="个月",
        min_value=1,
        max_value=600,
        hint="没有约定服务期的不填",
    ),
    Field(
        name="training_cost",
        label="专项培训费用",
        type=FieldType.MONEY,
        required=_SERVICE_PERIOD,
        show_when=_SERVICE_PERIOD,
        unit="元",
        min_value=0,
        hint="没有提供专项培训的填 0",
    ),
    Field(
        name="liquidated_damages",
        label="劳动者违约金",
        type=FieldType.MONEY,
        unit="元",
        min_value=0,
        hint="没有约定的不填",
    ),
    Field(
        name="deposit",
        label="向劳动者收取的押金或者担保",
        type=FieldType.MONEY,
        unit="元",
        min_value=0,
        hint="没有收取的不填",
    ),
)

_LONG_AT_WORK = When("earlier_contract", equals=True)

_EARLIER = (
    Field(
        name="earlier_contract",
        label="此前已订立书面劳动合同",
        type=FieldType.BOOLEAN,
        hint="本次首次备案、用工之日早于本合同的填写；没有订立过的选“否”",
        aliases=("此前是否已订立书面劳动合同",),
    ),
    Field(
        name="first_signed_on",
        label="首份书面劳动合同签订日期",
        type=FieldType.DATE,
        show_when=_LONG_AT_WORK,
        hint="与本单位订立的第一份",
    ),
    Field(
        name="earlier_end_on",
        label="上一份合同结束日期",
        type=FieldType.DATE,
        show_when=_LONG_AT_WORK,
        hint="依法续延的填续延至的日期",
    ),
    Field(
        name="earlier_fixed_terms",
        label="此前连续订立固定期限合同次数",
        type=FieldType.INTEGER,
        unit="次",
        min_value=0,
        max_value=50,
        hint="2008 年 1 月 1 日以后、没有在本平台备案的，不含本次；变换订立单位的，原单位的一并计算",
    ),
    Field(
        name="late_writing",
        label="未及时订立书面合同的原因",
        type=FieldType.CHOICE,
        table="late_writing",
        hint="用工满一个月以后才订立首份合同，且属于不支付二倍工资情形的填写",
    ),
)

# How the contract before went on past its end; of renewals and endings.
EXTENSION = (
    Field(
        name="extension",
        label="合同期满后的续延情形",
        type=FieldType.CHOICE,
        table="term_extension",
        width=8,
        hint="期满后没有续延的不填",
    ),
    Field(
        name="extended_until",
        label="合同续延至",
        type=FieldType.DATE,
        required=When("extension", filled=True),
        show_when=When("extension", filled=True),
        hint="续延的最后一日",
    ),
)

# Not among the values that hold on: whoever renews is asked anew who wanted the fixed term.
_ASKED_FIXED_TERM = Field(
    name="worker_asked_fixed_term",
    label="劳动者提出订立固定期限",
    type=FieldType.BOOLEAN,
    show_when=When("term_type", equals=FIXED),
    hint="应当订立无固定期限而劳动者本人提出固定期限的，选“是”并留存书面意见",
)

_JUVENILE = (
    Field(
        name="juvenile_registered",
        label="已办理未成年工登记",
        type=FieldType.BOOLEAN,
        hint="已满 16 周岁未满 18 周岁的填写",
    ),
    Field(
        name="health_check_on",
        label="未成年工健康检查日期",
        type=FieldType.DATE,
        hint="已满 16 周岁未满 18 周岁的填写",
    ),
    Field(
        name="minor_arts_sports",
        label="文艺、体育单位依法招用的未成年人",
        type=FieldType.BOOLEAN,
        hint="未满 16 周岁的填写",
    ),
    Field(
        name="entertainment_venue",
        label="工作场所为营业性娱乐场所、酒吧、网吧",
        type=FieldType.BOOLEAN,
        hint="未满 18 周岁的填写；所属行业为此类的单位，不是的选“否”",
    ),
)

_WORKING = (
    Field(
        name="hazards",
        label="岗位涉及的特殊作业",
        type=FieldType.MULTI_CHOICE,
        table="hazardous_work",
        width=12,
        hint="女职工、未成年工填写；可选多项",
    ),
    Field(
        name="overtime_daily_hours",
        label="约定每日加班",
        type=FieldType.DECIMAL,
        places=1,
        show_when=NOT_PART_TIME,
        unit="小时",
        min_value=0,
        max_value=16,
    ),
    Field(
        name="overtime_month_hours",
        label="约定每月加班",
        type=FieldType.DECIMAL,
        places=1,
        show_when=NOT_PART_TIME,
        unit="小时",
        min_value=0,
        max_value=500,
    ),
    Field(name="night_shift", label="安排夜班劳动", type=FieldType.BOOLEAN),
)

# Asked of those already employed only: whoever takes a woman on must not ask (Women's Rights
# Protection Law, article 43).
_MATERNITY = (
    Field(
        name="pregnant_months",
        label="女职工怀孕月数",
        type=FieldType.INTEGER,
        unit="个月",
        min_value=1,
        max_value=10,
        hint="本人已告知、需要调整劳动安排的填写",
    ),
    Field(
        name="nursing",
        label="女职工哺乳未满 1 周岁婴儿",
        type=FieldType.BOOLEAN,
        hint="本人已告知、需要调整劳动安排的填写",
    ),
)

_SENIOR = (
    Field(
        name="draws_pension",
        label="已享受基本养老保险待遇",
        type=FieldType.BOOLEAN,
    ),
    Field(
        name="flexible_delay_until",
        label="约定弹性延迟退休至",
        type=FieldType.DATE,
    ),
)

_SERVICE = (
    Field(
        name="service_start_on",
        label="合并计算的工作年限起始日期",
        type=FieldType.DATE,
        hint="劳动者非因本人原因从原单位安排到本单位、原工作年限合并计算的填写",
    ),
    Field(
        name="merged_severance_paid",
        label="原单位已支付合并年限的经济补偿",
        type=FieldType.BOOLEAN,
        show_when=When("service_start_on", filled=True),
    ),
    Field(
        name="public_welfare_post",
        label="享受补贴的公益性岗位",
        type=FieldType.BOOLEAN,
    ),
)

_INVITED = Field(
    name="laid_off_invited",
    label="已通知被裁减人员并优先招用",
    type=FieldType.BOOLEAN,
    hint="裁减人员后六个月内重新招用人员的填写",
)


def earlier() -> Section:
    """What was concluded before somebody is filed for the first time."""
    return Section(
        name="earlier",
        title="此前的劳动合同（按需填写）",
        fields=_EARLIER,
        hint="已在职人员首次备案、变换订立单位或者未及时订立书面合同的填写",
        rare=True,
    )


def extension() -> Section:
    """How the contract that is renewed went on past its end."""
    return Section(
        name="extension",
        title="原合同的续延（按需填写）",
        fields=EXTENSION,
        hint="原合同期满后依法续延、按约定自动续延或者协商延长的填写",
        rare=True,
    )


def agreed(*, first: bool) -> Section:
    """What the parties agreed besides; `first`: of a first contract, not of a later one."""
    return Section(
        name="agreed",
        title="双方约定事项（按需填写）",
        fields=_AGREED if first else (_ASKED_FIXED_TERM, *_AGREED),
        hint="合同文本中有下列约定的填写，没有的不填",
        rare=True,
    )


def special(*, first: bool) -> Section:
    """Special circumstances. The form of a `first` contract knows the person's sex and document,
    so that some fields show only where they are needed."""
    category = Field(
        name="post_category",
        label="女职工退休岗位类别",
        type=FieldType.CHOICE,
        table="post_category",
        show_when=When("sex", equals="2") if first else None,
        hint="决定法定退休年龄；不填的按岗位类别判断",
    )
    foreigner = When("document_type", equals="08") if first else None
    permit = (
        Field(
            name="work_permit_until",
            label="外国人工作许可有效期至",
            type=FieldType.DATE,
            show_when=foreigner,
        ),
        Field(
            name="permanent_resident",
            label="持有外国人永久居留身份证",
            type=FieldType.BOOLEAN,
            show_when=foreigner,
            hint="取得永久居留资格的，不需要工作许可",
        ),
    )
    return Section(
        name="special",
        title="特殊情形（按需填写）",
        fields=(
            category,
            *_JUVENILE,
            *_WORKING,
            *(() if first else _MATERNITY),
            *_SENIOR,
            *_SERVICE,
            *permit,
            *((_INVITED,) if first else ()),
        ),
        hint="没有下列情形的不填",
        rare=True,
    )
