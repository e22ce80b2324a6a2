"""Roles and their powers: the one page that tells who may do what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Power(StrEnum):
    """One thing a role allows. Checked together with scope, never alone."""

    FILE = "file"  # fill in and submit filings
    FILE_FOR_OTHERS = "file_for_others"  # type in what employers and persons bring on paper
    REVIEW = "review"  # approve and return cases of one's agency
    SEE_REGION = "see_region"  # read cases, employers and contracts of one's region
    SEE_PERSONAL = "see_personal"  # read personal data unmasked; every look is recorded
    CORRECT_PEOPLE = "correct_people"  # correct a person with evidence, end what nobody ended
    SUPERVISE = "supervise"  # see lateness and workload, hand cases on
    MANAGE_ACCOUNTS = "manage_accounts"  # create, freeze and cancel accounts
    GRANT_RIGHTS = "grant_rights"  # give accounts their roles and scope
    CONFIRM_SOURCES = "confirm_sources"  # compare policy values with documents, load days off
    TAKE_REGISTRATIONS = "take_registrations"  # load what the registration authorities give
    MANAGE_ITEMS = "manage_items"  # propose and approve versions of service items
    APPLY_FOR_ACCOUNTS = "apply_for_accounts"  # apply for accounts of one's agency's people
    SEE_LOGS = "see_logs"  # read the operation, sign-in and access logs
    WATCH_SESSIONS = (
        "watch_sessions"  # see who is signed in where, end that, freeze in an emergency
    )
    LOOK_UP = "look_up"  # an employer's or a worker's whole record, each time with a reason
    ORDER = "order"  # decide on clues, order to correct, plan inspections
    RECORD = "record"  # what came of it: service, correction, penalties, defaulters, inspections


class Branch(StrEnum):
    """What nobody unites, over all their accounts (SX-5): each of the powers over accounts, and
    business. They are the five kinds of account of Shanxi's application sheet."""

    CREATE = "create"
    GRANT = "grant"
    WATCH = "watch"
    AUDIT = "audit"
    BUSINESS = "business"


BRANCHES = {
    Branch.CREATE: "系统管理员",
    Branch.GRANT: "业务管理员",
    Branch.WATCH: "系统安全员",
    Branch.AUDIT: "业务审计员",
    Branch.BUSINESS: "业务操作员",
}

Portal = Literal["employer", "person", "bureau", "admin"]


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its key in the database, its name and duty as users read them, its powers."""

    key: str
    title: str
    duty: str
    portal: Portal
    powers: frozenset[Power]

    @property
    def branch(self) -> Branch:
        """Which kind of account it makes."""
        return next(
            (_OVER_ACCOUNTS[one] for one in self.powers if one in _OVER_ACCOUNTS), Branch.BUSINESS
        )

    @property
    def at_agency(self) -> bool:
        """Whether it is held at an agency; a bureau's other roles hold in a region."""
        return not self.powers.isdisjoint({Power.REVIEW, Power.FILE_FOR_OTHERS})


# The powers over accounts; whoever has none of them is there for business.
_OVER_ACCOUNTS = {
    Power.MANAGE_ACCOUNTS: Branch.CREATE,
    Power.GRANT_RIGHTS: Branch.GRANT,
    Power.WATCH_SESSIONS: Branch.WATCH,
    Power.SEE_LOGS: Branch.AUDIT,
}


def _role(key: str, title: str, duty: str, portal: Portal, *powers: Power) -> Role:
    return Role(key, title, duty, portal, frozenset(powers))


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role(
            "employer_operator",
            "单位经办人",
            "为本单位办理劳动用工备案，查询本单位合同，生成名册和证明书。",
            "employer",
            Power.FILE,
            Power.SEE_PERSONAL,
        ),
        _role(
            "reviewer",
            "审核员",
            "审核送达本机构的备案，查看本辖区的用人单位和劳动合同，凭证据更正人员登记。",
            "bureau",
            Power.REVIEW,
            Power.SEE_REGION,
            Power.SEE_PERSONAL,
            Power.CORRECT_PEOPLE,
            Power.APPLY_FOR_ACCOUNTS,
        ),
        _role(
            "bureau_supervisor",
            "业务主管",
            "查看本辖区的办理进度、逾期情况和工作量，核对本地区的政策数据，载入登记信息，不办理具体审核。",
            "bureau",
            Power.SEE_REGION,
            Power.SUPERVISE,
            Power.CONFIRM_SOURCES,
            Power.TAKE_REGISTRATIONS,
        ),
        _role(
            "counter_clerk",
            "窗口经办员",
            "在窗口或社区平台代用人单位录入备案、代个人录入申请，系统自动记录机构、经办人和时间。",
            "bureau",
            Power.FILE_FOR_OTHERS,
            Power.SEE_REGION,
            Power.APPLY_FOR_ACCOUNTS,
        ),
        _role(
            "inspector",
            "监察员",
            "核查本辖区的用工备案线索，责令限期改正，登记送达、处罚、拒不改正名单和检查结果，"
            "写明事由后查阅单位和个人的全部记录，不审核备案。",
            "bureau",
            Power.LOOK_UP,
            Power.ORDER,
            Power.RECORD,
        ),
        _role(
            "system_administrator",
            "系统管理员",
            "创建、冻结、解锁和注销账号，不授予业务权限，不办理业务。",
            "admin",
            Power.MANAGE_ACCOUNTS,
        ),
        _role(
            "business_administrator",
            "业务管理员",
            "为账号分配角色和管辖范围，核对本地区的政策数据，载入登记信息，维护服务事项，不创建账号，不办理业务。",
            "admin",
            Power.GRANT_RIGHTS,
            Power.CONFIRM_SOURCES,
            Power.TAKE_REGISTRATIONS,
            Power.MANAGE_ITEMS,
        ),
        _role(
            "security_officer",
            "系统安全员",
            "查看谁在何处登录和异常登录，强制退出，紧急时冻结账号，不创建账号，不授予权限，不办理业务。",
            "admin",
            Power.WATCH_SESSIONS,
        ),
        _role(
            "auditor",
            "业务审计员",
            "查看操作日志、登录日志和个人信息查看记录，不办理业务。",
            "admin",
            Power.SEE_LOGS,
        ),
    )
}

# What a counter clerk is while filing for one employer: given by the counter's page for as long as
# that lasts, never granted.
AT_COUNTER = _role(
    "at_counter",
    "窗口代录",
    "在窗口代一个用人单位录入备案。",
    "employer",
    Power.FILE,
)

# The same for one person who came in person.
AT_COUNTER_FOR_PERSON = _role(
    "at_counter_for_person",
    "窗口代录",
    "在窗口代一人录入申请。",
    "person",
    Power.FILE,
)
AT_COUNTERS = (AT_COUNTER, AT_COUNTER_FOR_PERSON)

# What an agent's people are while they act for who gave authority, an employer or a person: told by
# the authority on each request, never granted.
AGENTS = {
    "employer": _role(
        "employer_agent",
        "单位代理人",
        "受单位委托，代为办理。",
        "employer",
        Power.FILE,
        Power.SEE_PERSONAL,
    ),
    "person": _role(
        "person_agent",
        "个人代理人",
        "受个人委托，代为办理。",
        "person",
        Power.FILE,
        Power.SEE_PERSONAL,
    ),
}

# Those who have power over accounts, or watch it.
ADMINISTRATIVE = frozenset(role.key for role in ROLES.values() if role.portal == "admin")


def united(held: Iterable[str]) -> frozenset[Branch]:
    """The branches that these roles unite and must not; empty where all is well."""
    branches = frozenset(ROLES[key].branch for key in held)
    return branches if len(branches) > 1 else frozenset()


def branch_choices() -> list[tuple[str, str]]:
    """The branches as choices of a column."""
    return [(branch.value, title) for branch, title in BRANCHES.items()]


def titles(branches: Iterable[Branch]) -> str:
    """What branches are called, in their order."""
    named = set(branches)
    return "、".join(title for branch, title in BRANCHES.items() if branch in named)
