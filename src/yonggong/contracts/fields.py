"""The ordinary fields of a contract's filings: the person, the term, the work, the pay, the posting.

Fields follow Jilin's pages (manual 1.4–1.6), Wuhai's annex 1 (劳动用工备案) and the general
contract of its annex 2. Pay is per month, as the contract's article 6 has it; annex 1 shows it per
year. What only some contracts need stands in `optional_fields.py`.
"""

from __future__ import annotations

from decimal import Decimal

from yonggong.cases.for_province import ENTRUSTED_REGION
from yonggong.forms import Field, FieldType, Section, Shortcut, When

FULL_TIME, PART_TIME, DISPATCH = "1", "2", "3"
FIXED, OPEN, TASK = "1", "2", "3"
AVERAGED, FLEXIBLE = "2", "3"
OWN_TEXT, DISPATCH_TEXT = "90", "2"
# The look-up of the other party of a dispatch: see `dispatch_parties`.
DISPATCH_PARTY = "dispatch_party"

# What people write over the column of document numbers.
NUMBER_HEADINGS = (
    "身份证",
    "身份证号",
    "身份证号码",
    "身份证件号码",
    "身份证编号",
    "居民身份证",
    "居民身份证号",
    "居民身份证号码",
    "公民身份号码",
    "公民身份证号码",
    "证件号",
    "证件编号",
    "有效证件号码",
)

NOT_PART_TIME = When("employment_form", one_of=(FULL_TIME, DISPATCH))
_PART_TIME = When("employment_form", equals=PART_TIME)
_DISPATCH = When("employment_form", equals=DISPATCH)
_SPECIAL_HOURS = When("hours_system", one_of=(AVERAGED, FLEXIBLE))

WORKER = Section(
    name="worker",
    title="劳动者信息",
    fields=(
        Field(
            name="document_type",
            label="证件类型",
            type=FieldType.CHOICE,
            table="document_type",
            required=True,
            default="01",
        ),
        Field(
            name="document_number",
            label="证件号码",
            type=FieldType.DOCUMENT_NUMBER,
            document_type="document_type",
            required=True,
            personal=True,
            fills={"birth_date": "birth_on", "sex": "sex"},
            aliases=NUMBER_HEADINGS,
        ),
        Field(
            name="name",
            label="姓名",
            type=FieldType.PERSON_NAME,
            required=True,
            max_length=50,
            aliases=("劳动者姓名", "员工姓名", "职工姓名", "人员姓名", "乙方姓名"),
        ),
        Field(
            name="sex",
            label="性别",
            type=FieldType.CHOICE,
            table="sex",
            codes=("1", "2"),
            required=True,
        ),
        Field(
            name="birth_on",
            label="出生日期",
            type=FieldType.DATE,
            required=True,
            aliases=("出生年月日",),
        ),
        Field(name="ethnicity", label="民族", type=FieldType.CHOICE, table="ethnicity"),
        Field(name="education", label="学历", type=FieldType.CHOICE, table="education"),
        Field(
            name="household_type", label="户籍性质", type=FieldType.CHOICE, table="household_type"
        ),
        Field(
            name="mobile",
            label="联系电话",
            type=FieldType.MOBILE,
            required=True,
            personal=True,
            aliases=(
                "手机",
                "手机号",
                "手机号码",
                "本人手机号",
                "移动电话",
                "电话",
                "电话号码",
                "联系方式",
                "联系手机",
            ),
            hint="劳动者本人的手机号码",
        ),
        Field(
            name="household_address",
            label="户籍地址",
            type=FieldType.ADDRESS,
            max_length=200,
            personal=True,
            width=6,
        ),
        Field(
            name="residence",
            label="常住地址",
            type=FieldType.ADDRESS,
            max_length=200,
            personal=True,
            width=6,
        ),
        Field(
            name="skill_level",
            label="管理岗位、专业技术或职业技能等级",
            type=FieldType.CHOICE,
            table="skill_level",
        ),
        Field(name="is_rural_worker", label="是否农民工", type=FieldType.BOOLEAN, default=False),
        Field(name="is_union_member", label="是否工会会员", type=FieldType.BOOLEAN, default=False),
    ),
)

_TERMS = (
    *(
        Shortcut(
            label=f"{years} 年",
            answers={"term_type": FIXED},
            reckons="end_on",
            since="start_on",
            years=years,
        )
        for years in (1, 2, 3, 5)
    ),
    Shortcut(label="无固定期限", answers={"term_type": OPEN}),
)

WORK_START = Field(
    name="work_start_on",
    label="用工之日",
    type=FieldType.DATE,
    required=True,
    hint="劳动者实际开始工作的日期，劳动关系自此建立",
    aliases=("入职日期", "入职时间", "到岗日期", "参加工作日期", "用工日期", "用工起始日期"),
)

TERM_FIELDS = (
    Field(
        name="employment_form",
        label="用工形式",
        type=FieldType.CHOICE,
        table="employment_form",
        required=True,
        default=FULL_TIME,
    ),
    Field(
        name="term_type",
        label="合同期限类型",
        type=FieldType.CHOICE,
        table="contract_type",
        required=True,
        aliases=("合同类型", "合同类别"),
        shortcuts=_TERMS,
    ),
    Field(
        name="contract_text",
        label="使用合同文本",
        type=FieldType.CHOICE,
        table="contract_text",
        required=True,
        aliases=("合同文本", "使用合同模板"),
        unknown="没有“{}”这一合同文本",
        hint="本单位自行起草的文本，选“自拟文本”一项",
    ),
    Field(name="contract_number", label="单位合同编号", max_length=40),
    Field(
        name="signed_on",
        label="合同签订日期",
        type=FieldType.DATE,
        required=True,
        hint="双方在合同文本上签字盖章的日期，以文本为准",
        aliases=("签订日期", "签订时间", "合同签订时间", "签约日期"),
        shortcuts=(Shortcut(label="同合同起始日期", reckons="signed_on", since="start_on"),),
    ),
    Field(
        name="start_on",
        label="合同起始日期",
        type=FieldType.DATE,
        required=True,
        aliases=("合同开始日期", "合同起始时间", "合同开始时间", "合同起始日", "合同生效日期"),
    ),
    Field(
        name="end_on",
        label="合同结束日期",
        type=FieldType.DATE,
        required=When("term_type", equals=FIXED),
        show_when=When("term_type", one_of=(FIXED, TASK)),
        hint="无固定期限不填；以完成一定工作任务为期限的填预计完成日期，可不填",
        aliases=(
            "合同终止日期",
            "合同截止日期",
            "合同到期日期",
            "合同到期日",
            "合同结束时间",
            "合同终止时间",
        ),
    ),
)

PROBATION_FIELDS = (
    Field(
        name="probation_end_on",
        label="试用期截止日期",
        type=FieldType.DATE,
        show_when=NOT_PART_TIME,
        hint="未约定试用期的不填",
    ),
    Field(
        name="probation_pay",
        label="试用期月工资",
        type=FieldType.MONEY,
        required=When("probation_end_on", filled=True),
        show_when=When("probation_end_on", filled=True),
        unit="元/月",
        min_value=Decimal("0.01"),
    ),
    Field(
        name="lowest_post_pay",
        label="相同岗位最低档工资",
        type=FieldType.MONEY,
        show_when=When("probation_end_on", filled=True),
        unit="元/月",
        min_value=Decimal("0.01"),
        hint="本单位相同岗位的最低档低于合同约定工资时填写",
    ),
)

WORK_FIELDS = (
    Field(
        name="job",
        label="岗位工作",
        required=True,
        max_length=60,
        aliases=("工作岗位", "岗位", "岗位名称", "职务岗位"),
        hint="写具体岗位，如收银员、质量检验员",
    ),
    Field(
        name="occupation",
        label="职业（工种）",
        type=FieldType.INDUSTRY,
        table="occupation",
        width=12,
    ),
    Field(
        name="post_kind",
        label="岗位类别",
        type=FieldType.CHOICE,
        table="post_kind",
    ),
    Field(
        name="workplace",
        label="工作地点",
        type=FieldType.ADDRESS,
        required=True,
        max_length=120,
        width=6,
        hint="按合同写明，到区（县）和街道门牌；流动作业的写主要地点",
    ),
    # Asked where the province lets work be filed where it is done (`cases.for_province`).
    Field(
        name=ENTRUSTED_REGION,
        label="委托备案的用工所在地",
        type=FieldType.REGION,
        table="region",
        depth=3,
        width=6,
        hint="跨区域用工、委托用工所在地人社部门备案的填写；由本单位送审机构备案的不填",
    ),
    Field(
        name="hours_system",
        label="工时制度",
        type=FieldType.CHOICE,
        table="hours_system",
        required=NOT_PART_TIME,
        show_when=NOT_PART_TIME,
        default="1",
        hint="综合计算工时和不定时工作制须经人社部门批准",
    ),
    Field(
        name="weekly_hours",
        label="周工作小时数",
        type=FieldType.DECIMAL,
        places=1,
        required=True,
        unit="小时",
        min_value=Decimal("0.5"),
        max_value=Decimal("168"),
        aliases=("周工作时间",),
        hint="约定的每周工作时间，标准工时一般为 40 小时",
    ),
    Field(
        name="daily_hours",
        label="日工作小时数",
        type=FieldType.DECIMAL,
        places=1,
        required=_PART_TIME,
        unit="小时",
        min_value=Decimal("0.5"),
        max_value=Decimal("24"),
    ),
    Field(
        name="work_days_per_week",
        label="每周工作天数",
        type=FieldType.INTEGER,
        show_when=NOT_PART_TIME,
        unit="天",
        min_value=1,
        max_value=7,
    ),
    Field(
        name="special_hours_approved",
        label="岗位已获特殊工时批准",
        type=FieldType.BOOLEAN,
        show_when=_SPECIAL_HOURS,
    ),
    Field(
        name="special_hours_until",
        label="特殊工时批准有效期至",
        type=FieldType.DATE,
        show_when=When("special_hours_approved", equals=True),
    ),
)

PAY_FIELDS = (
    Field(
        name="pay_form",
        label="工资形式",
        type=FieldType.CHOICE,
        table="pay_form",
        required=True,
        aliases=("工资分配形式",),
        hint="以合同约定为准",
    ),
    Field(
        name="base_pay",
        label="基本工资",
        type=FieldType.MONEY,
        required=NOT_PART_TIME,
        show_when=NOT_PART_TIME,
        unit="元/月",
        min_value=Decimal("0.01"),
        hint="合同约定的应发数，个人缴纳的社会保险费和个人所得税不扣除",
    ),
    Field(
        name="performance_pay",
        label="绩效工资",
        type=FieldType.MONEY,
        show_when=NOT_PART_TIME,
        unit="元/月",
        min_value=0,
    ),
    Field(
        name="allowances",
        label="津贴补贴",
        type=FieldType.MONEY,
        show_when=NOT_PART_TIME,
        unit="元/月",
        min_value=0,
    ),
    Field(
        name="overtime_pay",
        label="加班加点工资",
        type=FieldType.MONEY,
        show_when=NOT_PART_TIME,
        unit="元/月",
        min_value=0,
    ),
    Field(
        name="hourly_pay",
        label="小时工资",
        type=FieldType.MONEY,
        required=_PART_TIME,
        show_when=_PART_TIME,
        unit="元/小时",
        min_value=Decimal("0.01"),
        hint="合同约定的每小时应发数",
    ),
    Field(
        name="pay_period_days",
        label="工资结算周期",
        type=FieldType.INTEGER,
        required=_PART_TIME,
        show_when=_PART_TIME,
        unit="日",
        min_value=1,
        max_value=31,
    ),
    Field(
        name="pay_cycle",
        label="工资支付周期",
        type=FieldType.CHOICE,
        table="pay_cycle",
        show_when=NOT_PART_TIME,
        default="1",
    ),
    Field(
        name="pay_day",
        label="发工资日期",
        type=FieldType.INTEGER,
        required=True,
        min_value=1,
        max_value=31,
        unit="日",
        hint="每月几号发工资，只填数字，例如每月 4 号填 4",
        aliases=("发薪日", "发薪日期", "工资发放日", "工资发放日期", "发工资日"),
    ),
)

DISPATCH_FIELDS = (
    Field(
        name="user_unit_code",
        label="用工单位统一社会信用代码",
        type=FieldType.CREDIT_CODE,
        required=_DISPATCH,
        show_when=_DISPATCH,
        lookup=DISPATCH_PARTY,
        fills={"name": "user_unit"},
    ),
    Field(
        name="user_unit",
        label="用工单位名称",
        required=_DISPATCH,
        show_when=_DISPATCH,
        max_length=120,
        width=6,
    ),
    Field(
        name="dispatch_post",
        label="派遣岗位性质",
        type=FieldType.CHOICE,
        table="dispatch_post",
        required=_DISPATCH,
        show_when=_DISPATCH,
    ),
    Field(
        name="dispatch_start_on",
        label="派遣起始日期",
        type=FieldType.DATE,
        required=_DISPATCH,
        show_when=_DISPATCH,
    ),
    Field(
        name="dispatch_end_on",
        label="派遣结束日期",
        type=FieldType.DATE,
        required=_DISPATCH,
        show_when=_DISPATCH,
    ),
    Field(
        name="user_unit_is_own",
        label="用工单位出资或者合伙设立了派遣单位",
        type=FieldType.BOOLEAN,
        show_when=_DISPATCH,
        hint="用工单位或者其所属单位与派遣单位有设立关系的，选“是”",
    ),
    Field(
        name="dispatch_licence_until",
        label="劳务派遣经营许可证有效期至",
        type=FieldType.DATE,
        show_when=_DISPATCH,
    ),
    Field(
        name="dispatcher_code",
        label="劳务派遣单位统一社会信用代码",
        type=FieldType.CREDIT_CODE,
        required=When("dispatcher", filled=True),
        show_when=_DISPATCH,
        lookup=DISPATCH_PARTY,
        fills={"name": "dispatcher"},
        hint="由用工单位备案的填写；派遣单位自己备案的不填",
    ),
    Field(
        name="dispatcher",
        label="劳务派遣单位名称",
        type=FieldType.EMPLOYER_NAME,
        required=When("dispatcher_code", filled=True),
        show_when=_DISPATCH,
        width=6,
    ),
)
