"""What the codes of an item's data are called: for administrators who choose one, and for who compares
versions."""

from __future__ import annotations

from collections.abc import Mapping

STAGES: Mapping[str, str] = {
    "apply": "申请",
    "accept": "受理",
    "review": "审核",
    "second_review": "复核",
    "approve": "审批",
    "decide": "决定",
    "survey": "现场核查",
    "publicity": "公示",
    "query": "查询",
    "collect": "收取",
    "transfer": "转办",
    "issue": "制发",
    "pay": "支付",
    "deliver": "送达",
    "file": "归档",
    "close": "结束",
}
ACTING: Mapping[str, str] = {
    "applicant": "申请人",
    "office": "工作人员",
    "department": "其他部门",
    "system": "系统",
}
FILLING: Mapping[str, str] = {
    "applicant": "申请人",
    "office": "工作人员",
    "both": "双方",
    "signer": "签章人手写",
}
OUTCOMES: Mapping[str, str] = {
    "next": "下一环节",
    "end": "办结",
    "return": "退回补正",
    "refuse": "不予办理",
    "withdraw": "撤回",
}
TYPES: Mapping[str, str] = {
    "text": "文本",
    "longtext": "多行文本",
    "integer": "整数",
    "decimal": "小数",
    "money": "金额",
    "date": "日期",
    "month": "年月",
    "year": "年份",
    "boolean": "是否",
    "choice": "单选",
    "multichoice": "多选",
    "id_number": "身份证号码",
    "uscc": "统一社会信用代码",
    "phone": "联系电话",
    "email": "电子邮箱",
    "postcode": "邮政编码",
    "bank_account": "银行账号",
    "region": "行政区划",
}
SOURCES: Mapping[str, str] = {
    "agent.id_number": "经办人证件号码",
    "agent.name": "经办人姓名",
    "agent.phone": "经办人电话",
    "agent.relation": "经办人与本人关系",
    "case.number": "办件编号",
    "contract.end": "合同终止日期",
    "contract.job": "合同岗位",
    "contract.kind": "合同类型",
    "contract.occupation": "合同职业",
    "contract.pay": "合同工资",
    "contract.start": "合同起始日期",
    "person.address": "个人住址",
    "person.bank": "个人开户银行",
    "person.bank_account": "个人银行账号",
    "person.birth": "出生日期",
    "person.education": "文化程度",
    "person.employer": "工作单位",
    "person.ethnicity": "民族",
    "person.household_address": "户籍地址",
    "person.household_type": "户口性质",
    "person.id_number": "个人证件号码",
    "person.id_type": "个人证件类型",
    "person.insurance_number": "个人社会保险编号",
    "person.marital": "婚姻状况",
    "person.name": "个人姓名",
    "person.phone": "个人电话",
    "person.political": "政治面貌",
    "person.sex": "性别",
    "person.work_start": "参加工作日期",
    "today": "填表当日",
    "unit.address": "单位地址",
    "unit.bank": "单位开户银行",
    "unit.bank_account": "单位银行账号",
    "unit.contact": "单位联系人",
    "unit.credit_code": "统一社会信用代码",
    "unit.economic_type": "经济类型",
    "unit.industry": "行业",
    "unit.insurance_number": "单位社会保险编号",
    "unit.legal_representative": "法定代表人姓名",
    "unit.legal_representative_id": "法定代表人证件号码",
    "unit.name": "单位名称",
    "unit.nature": "单位性质",
    "unit.organisation_code": "组织机构代码",
    "unit.phone": "单位电话",
    "unit.postcode": "单位邮政编码",
    "unit.region": "单位所在地区",
    "unit.staff": "职工人数",
}

# By the parts of the data that hold them.
_HELD: Mapping[str, Mapping[str, str]] = {
    "by": {**ACTING, **FILLING},
    "kind": STAGES,
    "outcomes": OUTCOMES,
    "type": TYPES,
    "from": SOURCES,
}


def word_of(part: str, code: str) -> str:
    """The word for a code in a part of the data; what is none, as it stands."""
    return _HELD.get(part, {}).get(code, code)
