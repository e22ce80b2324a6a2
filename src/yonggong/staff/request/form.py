"""What the application sheet asks (annex 2 of Shanxi's notice 晋人社厅函〔2022〕1142号, with its remarks)."""

from __future__ import annotations

from yonggong.accounts.roles import BRANCHES, ROLES, Branch
from yonggong.forms import AllOf, Field, FieldType, Form, Option, Section, When

# 备注 1 of the sheet.
NEW, FREEZE, UNFREEZE, CANCEL, RIGHTS = "1", "2", "3", "4", "5"
ACTS = {
    NEW: "新增账号",
    FREEZE: "冻结账号",
    UNFREEZE: "解锁账号",
    CANCEL: "注销账号",
    RIGHTS: "变更账号权限",
}
# What a business operator may be given; an employer's operators come by registration.
OPERATOR_ROLES = tuple(
    role
    for role in ROLES.values()
    if role.branch is Branch.BUSINESS and role.key != "employer_operator"
)

_NEW = When("act", equals=NEW)
_HELD = When("act", one_of=(FREEZE, UNFREEZE, CANCEL, RIGHTS))
_GRANTED = When("act", one_of=(NEW, RIGHTS))
_OPERATOR = AllOf((_GRANTED, When("branch", equals=Branch.BUSINESS.value)))
_LEAVES = When("act", one_of=(FREEZE, CANCEL))

FORM = Form(
    name="account.request",
    title="账号申请（变更）",
    sections=(
        Section(
            name="sheet",
            title="申请单",
            fields=(
                Field(
                    name="act",
                    label="申请事项",
                    type=FieldType.CHOICE,
                    choices=tuple(Option(code=code, label=label) for code, label in ACTS.items()),
                    required=True,
                    default=NEW,
                ),
                Field(
                    name="system",
                    label="系统名称",
                    required=True,
                    max_length=60,
                    default="劳动用工备案信息管理系统",
                ),
                Field(
                    name="contact",
                    label="联系人",
                    type=FieldType.PERSON_NAME,
                    required=True,
                    known_from="agent.name",
                ),
                Field(
                    name="phone",
                    label="联系方式",
                    type=FieldType.PHONE,
                    required=True,
                    personal=True,
                    known_from="agent.phone",
                ),
            ),
        ),
        Section(
            name="account",
            title="账号",
            fields=(
                Field(
                    name="username",
                    label="账号",
                    required=_HELD,
                    show_when=_HELD,
                    max_length=40,
                    hint="本机构人员的账号",
                ),
                Field(
                    name="branch",
                    label="账号类别",
                    type=FieldType.CHOICE,
                    choices=tuple(
                        Option(code=branch.value, label=title) for branch, title in BRANCHES.items()
                    ),
                    required=_GRANTED,
                    show_when=_GRANTED,
                    hint="同一人的账号只能属于一类",
                ),
                Field(
                    name="role",
                    label="岗位",
                    type=FieldType.CHOICE,
                    choices=tuple(
                        Option(code=role.key, label=role.title) for role in OPERATOR_ROLES
                    ),
                    required=_OPERATOR,
                    show_when=_OPERATOR,
                ),
                Field(
                    name="rights",
                    label="详细权限",
                    type=FieldType.LONG_TEXT,
                    required=_GRANTED,
                    show_when=_GRANTED,
                    max_length=500,
                    hint="写明业务范围和管辖范围",
                ),
                Field(
                    name="successor",
                    label="工作接替人的账号",
                    show_when=_LEAVES,
                    max_length=40,
                    hint="其名下未办结的办件、未完成的双随机检查移交给接替人；不填的，办件退回本机构待审核，"
                    "有未完成的检查的必须填写",
                ),
                Field(
                    name="reason",
                    label="申请理由",
                    type=FieldType.LONG_TEXT,
                    required=True,
                    max_length=300,
                ),
            ),
        ),
        Section(
            name="holder",
            title="账号使用人",
            fields=(
                Field(
                    name="name",
                    label="姓名",
                    type=FieldType.PERSON_NAME,
                    required=_NEW,
                    show_when=_NEW,
                ),
                Field(name="unit", label="单位", required=_NEW, show_when=_NEW, max_length=100),
                Field(name="post", label="职务", required=_NEW, show_when=_NEW, max_length=40),
                Field(
                    name="id_number",
                    label="身份证号",
                    type=FieldType.ID_NUMBER,
                    required=_NEW,
                    show_when=_NEW,
                    personal=True,
                ),
                Field(
                    name="mobile",
                    label="手机号",
                    type=FieldType.MOBILE,
                    required=_NEW,
                    show_when=_NEW,
                    personal=True,
                ),
                Field(
                    name="email",
                    label="电子邮箱",
                    type=FieldType.EMAIL,
                    personal=True,
                    show_when=_NEW,
                ),
            ),
        ),
    ),
)
