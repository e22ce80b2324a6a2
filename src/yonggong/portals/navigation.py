"""Each portal's menu, declared. An item whose page is not there, or not the asker's, is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Portal, Power
from yonggong.annual import surveying
from yonggong.annual.standing import ALONE, PAY, SURVEY, WHOLE
from yonggong.cases.items import kinds_in_use
from yonggong.cases.kinds import CaseKind, all_kinds, names_of_room
from yonggong.cases.pages import ITEM
from yonggong.catalogue.book import book
from yonggong.disputes import register
from yonggong.entitlements.declaring import SORTS
from yonggong.portals import waiting
from yonggong.relations import licences


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a menu.

    url_name  of the page; pages whose name starts with it and a dash belong to it too
    about     what of its kind the page is about, where its address says so: then its own pages name it
    icon      name of a Tabler icon
    power     needed to see the item, None: everybody in the portal
    when      whether there is anything behind it here; None: always
    count     the things that wait behind it; how many is shown beside the title when not zero
    also      further url names that belong to the item
    or_power  another power that shows it as well
    labour    人社's alone: not there at the counter of another department
    within    whom it is there for; None: everybody
    takes     kinds of case of which a place takes one, where it is known; none named: wherever it is
    kept      whom it is there for all the same: they have something behind it
    """

    title: str
    url_name: str
    icon: str
    power: Power | None = None
    count: Callable[[User], QuerySet[Any]] | None = None
    when: Callable[[], bool] | None = None
    also: tuple[str, ...] = ()
    labour: bool = False
    or_power: Power | None = None
    within: Callable[[User], bool] | None = None
    takes: tuple[str, ...] = ()
    kept: Callable[[User], bool] | None = None
    about: str = ""

    @property
    def url(self) -> str:
        """The address of the page. Raises `NoReverseMatch`."""
        return reverse(self.url_name, args=[self.about] if self.about else [])

    def covers(self, view_name: str) -> bool:
        """Whether the page called `view_name` is this item's or lies under it."""
        if self.about:
            return view_name == f"{self.url_name}/{self.about}"
        return view_name in (self.url_name, *self.also) or view_name.startswith(f"{self.url_name}-")


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading; an empty title draws none."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A menu item as one person sees it on one page."""

    title: str
    url: str
    icon: str
    active: bool
    count: str


def _surveys(user: User) -> bool:
    return surveying.takes_survey(user, timezone.localdate())


def _in_dispute(user: User) -> bool:
    return register.of_side(user.scope.parties(Power.FILE)).exists()


def _on_registers(user: User) -> bool:
    held = user.scope.employers(Power.FILE)
    return any(licences.of_employer(one, timezone.localdate()) for one in held)


def _orders_of(user: User) -> bool:
    return user.may(Power.MANAGE_ACCOUNTS) or user.may(Power.GRANT_RIGHTS)


def _asked_of(user: User) -> bool:
    powers = (Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS, Power.SEE_LOGS)
    return any(user.may(power) for power in powers)


# What stands on the registers of labour relations, and what is brought to arbitration or mediation.
_RELATIONS = names_of_room("relations", "entitlements")
_DISPUTES = names_of_room("disputes")
_MINORS = (book().writing("minor_register").key,)
_LAYOFFS = (book().writing("layoff_report").key,)

# What everybody has at the end of the menu, wherever they work.
_TOOLS = Section(
    "工具",
    (
        Item("办事指南", "services", "book"),
        Item(
            "劳动法计算工具",
            "calculators",
            "calculator",
            also=("calculator", "benefits", "benefit-function", "benefit"),
        ),
        Item("空白样表", "blank-forms", "file-download"),
        Item("劳务派遣许可公示", "dispatch-licences", "license"),
    ),
)


# The pages on which workbooks are taken; those of kinds that name none of the first two are taken
# on the last.
BATCH_PAGES: dict[str, Item] = {
    "new": Item("合同新订(续订)备案批量", "employer:batch-new", "table-import"),
    "ending": Item("合同解除/终止备案批量", "employer:batch-ending", "table-minus"),
    ITEM: Item("其他事项批量", "employer:batch-item", "table", when=lambda: bool(taken_on(ITEM))),
}


def taken_on(page: str) -> list[CaseKind]:
    """The kinds whose workbooks are taken on a page."""
    return [
        kind for kind in all_kinds() if kind.workbook is not None and kind.workbook.page == page
    ]


def _authorities(portal: Portal, within: Callable[[User], bool]) -> Item:
    return Item("委托代理", f"{portal}:authorities", "users-group", within=within)


def _has_items() -> bool:
    return any(not kind.pages.own for kind in kinds_in_use())


def _labour(*items: Item) -> tuple[Item, ...]:
    return tuple(replace(item, labour=True) for item in items)


# The employer's menu has the order and the words of Jilin's manual, section 1.2 to 1.11.
MENUS: dict[Portal, tuple[Section, ...]] = {
    "employer": (
        Section("", (Item("首页", "employer:home", "home", count=waiting.to_mend),)),
        Section(
            "用工备案管理",
            _labour(
                Item("单位基本信息", "employer:particulars", "building"),
                Item("劳动合同信息综合查询", "employer:contracts", "search"),
                *(
                    Item(kind.pages.list.title, f"employer:{kind.pages.word}", kind.pages.list.icon)
                    for kind in all_kinds()
                    if kind.pages.list is not None
                ),
                BATCH_PAGES["new"],
                BATCH_PAGES["ending"],
                Item("劳动合同申报作废", "employer:void", "ban"),
                Item("年度备案", "employer:annual", "calendar-stats", takes=(WHOLE, ALONE, PAY)),
                Item("已办业务名册查询", "employer:rosters", "clipboard-list"),
                Item("实时名册打印", "employer:roster-print", "printer"),
                Item("责令改正", "employer:orders", "gavel", count=waiting.to_correct),
            ),
        ),
        Section(
            "其他业务",
            (
                *_labour(
                    Item(
                        "工资支付情况",
                        "employer:declared",
                        "cash",
                        about="wages",
                        takes=(SORTS["wages"].filing,),
                    ),
                    Item(
                        "参加社会保险情况",
                        "employer:declared",
                        "shield-check",
                        about="insurance",
                        takes=(SORTS["insurance"].filing,),
                    ),
                    Item("派遣用工", "employer:dispatches", "users-minus"),
                    Item(
                        "劳动关系登记",
                        "employer:registers",
                        "users-group",
                        takes=_RELATIONS,
                        kept=_on_registers,
                    ),
                    Item("薪酬调查", "employer:survey", "report-money", takes=(SURVEY,)),
                    Item(
                        "劳动争议",
                        "employer:disputes",
                        "scale",
                        takes=_DISPUTES,
                        kept=_in_dispute,
                    ),
                ),
                Item("其他事项", "employer:item", "apps", when=_has_items),
                *_labour(BATCH_PAGES[ITEM]),
                *_labour(Item("登记与参保", "employer:records", "id-badge")),
                Item(
                    "经办人",
                    "employer:operators",
                    "user-cog",
                    within=lambda user: bool(user.scope.own_employers),
                ),
                _authorities("employer", lambda user: bool(user.scope.own_employers)),
                Item(
                    "谁查看过本单位信息",
                    "employer:looks",
                    "eye",
                    within=lambda user: bool(user.scope.own_employers),
                ),
            ),
        ),
        Section(
            _TOOLS.title,
            (*_labour(Item("信用代码核实", "employer:codes", "certificate")), *_TOOLS.items),
        ),
    ),
    "person": (
        Section(
            "",
            (
                Item("我的办件", "person:home", "files", count=waiting.to_mend),
                Item("我要办事", "person:apply", "apps"),
                Item("我的文书", "person:papers", "file-text"),
                # What contracts and filings say of them: shown once its page is there.
                Item("我的用工记录", "person:record", "id"),
                Item("登记与参保", "person:records", "id-badge"),
                Item("劳动争议", "person:disputes", "scale", takes=_DISPUTES, kept=_in_dispute),
                _authorities("person", lambda user: user.scope.person is not None),
                Item(
                    "谁查看过我的信息",
                    "person:looks",
                    "eye",
                    within=lambda user: user.scope.person is not None,
                ),
            ),
        ),
        _TOOLS,
    ),
    "bureau": (
        Section("", (Item("工作台", "bureau:home", "layout-dashboard"),)),
        Section(
            "备案审核",
            (
                Item("待审核", "bureau:queue", "inbox", Power.REVIEW, waiting.to_review),
                Item("无提示件", "bureau:clean", "circle-check", Power.REVIEW),
                Item("全部备案", "bureau:cases", "files", Power.SEE_REGION),
                Item(
                    "批量备案", "bureau:batches", "table", Power.SEE_REGION, also=("bureau:batch",)
                ),
                Item(
                    "撤销审核",
                    "bureau:revocations",
                    "gavel",
                    Power.REVIEW,
                    or_power=Power.SUPERVISE,
                ),
                Item(
                    "账号申请",
                    "bureau:applications",
                    "user-plus",
                    Power.APPLY_FOR_ACCOUNTS,
                    or_power=Power.SUPERVISE,
                ),
                Item("窗口代录", "bureau:counter", "keyboard", Power.FILE_FOR_OTHERS),
                Item("窗口工作", "bureau:counter-work", "clipboard-check", Power.SUPERVISE),
                Item("分派办件", "bureau:sharing", "arrows-split", Power.SUPERVISE),
                Item(
                    "请假代班",
                    "bureau:leave",
                    "calendar-off",
                    Power.REVIEW,
                    or_power=Power.SUPERVISE,
                ),
                Item("待遇支付", "bureau:payments", "cash", Power.REVIEW),
                Item(
                    "延期审批",
                    "bureau:extensions",
                    "calendar-plus",
                    Power.SUPERVISE,
                    waiting.longer_limits,
                ),
                Item(
                    "好差评",
                    "bureau:evaluations",
                    "star",
                    Power.REVIEW,
                    waiting.complaints,
                    or_power=Power.SUPERVISE,
                ),
                Item("单位认领", "bureau:claims", "building-plus", Power.REVIEW, waiting.claimed),
            ),
        ),
        Section(
            "辖区查询",
            (
                Item("用人单位", "bureau:employers", "building-community", Power.SEE_REGION),
                Item("劳动合同", "bureau:contracts", "file-text", Power.SEE_REGION),
                Item("送审机构变更", "bureau:moves", "arrows-exchange", Power.SEE_REGION),
                Item("劳务派遣核对", "bureau:dispatches", "users-minus", Power.SEE_REGION),
                Item(
                    "劳动关系登记",
                    "bureau:agreements",
                    "users-group",
                    Power.SEE_REGION,
                    also=("bureau:permits", "bureau:recognitions"),
                    takes=_RELATIONS,
                ),
                Item("劳务派遣许可", "bureau:licences", "license", Power.SEE_REGION),
                Item(
                    "劳动争议",
                    "bureau:disputes",
                    "scale",
                    Power.SEE_REGION,
                    also=("bureau:dispute",),
                    takes=_DISPUTES,
                ),
                Item(
                    "经济性裁员报告",
                    "bureau:layoffs",
                    "users-minus",
                    Power.SEE_REGION,
                    takes=_LAYOFFS,
                ),
                Item(
                    "未成年工登记",
                    "bureau:minors",
                    "user-heart",
                    Power.SEE_REGION,
                    takes=_MINORS,
                ),
                Item("人员档案", "bureau:people", "id", Power.SEE_REGION, also=("bureau:person",)),
                Item("登记与参保", "bureau:records", "id-badge", Power.SEE_REGION),
                Item("备案名册", "bureau:rosters", "clipboard-list", Power.SEE_REGION),
                Item(
                    "信用代码核实",
                    "bureau:codes",
                    "certificate",
                    Power.SEE_REGION,
                    waiting.doubtful_codes,
                ),
                Item("登记信息", "bureau:registrations", "building-bank", Power.SEE_REGION),
                Item(
                    "载入登记信息",
                    "bureau:feed",
                    "database-import",
                    Power.TAKE_REGISTRATIONS,
                ),
                Item("逾期备案单位", "bureau:late", "calendar-exclamation", Power.SUPERVISE),
                Item("年度备案情况", "bureau:annual", "calendar-stats", Power.SUPERVISE),
                Item("薪酬调查", "bureau:survey", "report-money", Power.SUPERVISE, within=_surveys),
                Item("政策数据", "bureau:policy", "book-2", Power.SUPERVISE),
                Item("放假安排", "bureau:days-off", "calendar-event", Power.SUPERVISE),
            ),
        ),
        Section(
            "监督检查",
            (
                Item(
                    "监督线索",
                    "bureau:clues",
                    "bulb",
                    Power.ORDER,
                    waiting.open_clues,
                    or_power=Power.SUPERVISE,
                ),
                Item("责令改正", "bureau:orders", "gavel", Power.ORDER, or_power=Power.SUPERVISE),
                Item(
                    "拒不改正名单",
                    "bureau:defaulters",
                    "user-off",
                    Power.ORDER,
                    or_power=Power.SEE_REGION,
                ),
                Item(
                    "处罚记录", "bureau:penalties", "scale", Power.ORDER, or_power=Power.SUPERVISE
                ),
                Item(
                    "双随机检查",
                    "bureau:plans",
                    "arrows-shuffle",
                    Power.ORDER,
                    also=(
                        "bureau:inspections",
                        "bureau:inspections-show",
                        "bureau:recusals",
                        "bureau:recusals-show",
                    ),
                    or_power=Power.SUPERVISE,
                ),
                Item("监察查阅", "bureau:look-up", "file-search", Power.LOOK_UP),
                Item(
                    "劳动关系核验",
                    "bureau:relations",
                    "user-check",
                    Power.LOOK_UP,
                    or_power=Power.REVIEW,
                ),
            ),
        ),
        _TOOLS,
    ),
    "admin": (
        Section("", (Item("首页", "admin:home", "home"),)),
        Section(
            "账号管理",
            (
                Item("账号", "admin:users", "users", Power.MANAGE_ACCOUNTS),
                Item("账号授权", "admin:users", "user-shield", Power.GRANT_RIGHTS),
                Item("单位经办人", "admin:operators", "user-cog", Power.GRANT_RIGHTS),
                Item(
                    "账号办理",
                    "admin:orders",
                    "user-plus",
                    count=waiting.account_orders,
                    within=_orders_of,
                ),
                Item(
                    "账号事项申请",
                    "admin:asked",
                    "user-question",
                    count=waiting.asked_acts,
                    within=_asked_of,
                ),
                Item("角色与权限", "admin:roles", "shield-check"),
                Item("服务事项", "admin:items", "list-details", Power.MANAGE_ITEMS),
                Item(
                    "载入登记信息",
                    "admin:feed",
                    "database-import",
                    Power.TAKE_REGISTRATIONS,
                ),
                Item("政策数据", "admin:policy", "book-2"),
                Item("放假安排", "admin:days-off", "calendar-event"),
            ),
        ),
        Section(
            "日志审计",
            (
                Item("登录监控", "admin:watching", "eye", Power.WATCH_SESSIONS),
                Item("操作日志", "admin:operations", "history", Power.SEE_LOGS),
                Item("访问日志", "admin:log", "list-search", Power.SEE_LOGS),
                Item(
                    "异常查看",
                    "admin:unusual",
                    "eye-exclamation",
                    Power.SEE_LOGS,
                    waiting.unusual_looks,
                    or_power=Power.WATCH_SESSIONS,
                ),
            ),
        ),
        _TOOLS,
    ),
}


def _takes(place: str, kinds: tuple[str, ...]) -> bool:
    rules = policy.of(place, timezone.localdate())
    return any(rules.accepts(kind) for kind in kinds)


def stand_under(request: HttpRequest, url_name: str) -> None:
    """Let the menu mark this page's item for a page that lies under none by its own name."""
    request.menu_page = url_name  # type: ignore[attr-defined]


def page_of(request: HttpRequest) -> str:
    """The url name by which the menu tells where one is."""
    match = request.resolver_match
    return getattr(request, "menu_page", match.view_name if match else "")


def menu(
    user: User, portal: Portal, view_name: str, places: Callable[[], Iterable[str]] = tuple
) -> list[tuple[str, list[Line]]]:
    """The sections of `portal`'s menu as `user` sees them on the page called `view_name`; `places`:
    the regions of whom they act for, asked only where an item hangs on them."""
    shown = [
        (
            section.title,
            [(item, url) for item in section.items if (url := _url(item, user, places))],
        )
        for section in MENUS[portal]
    ]
    behind = [item.count and item.count(user) for _, items in shown for item, _ in items]
    counts = iter(waiting.counts(behind))
    return [
        (title, [_line(item, url, view_name, next(counts)) for item, url in items])
        for title, items in shown
        if items
    ]


def _url(item: Item, user: User, places: Callable[[], Iterable[str]]) -> str:
    """Where the item leads; "" where it is not shown, or its page is not there."""
    if not _is_shown(item, user, places):
        return ""
    try:
        return item.url
    except NoReverseMatch:
        return ""


def _is_shown(item: Item, user: User, places: Callable[[], Iterable[str]]) -> bool:
    powers = [power for power in (item.power, item.or_power) if power is not None]
    if powers and not any(user.may(power) for power in powers):
        return False
    if item.when is not None and not item.when():
        return False
    if item.within is not None and not item.within(user):
        return False
    if item.labour and not user.scope.employers(Power.FILE):
        return False
    return not item.takes or _is_taken(item, user, places)


def _is_taken(item: Item, user: User, places: Callable[[], Iterable[str]]) -> bool:
    known = [place for place in places() if place]
    if not known or any(_takes(place, item.takes) for place in known):
        return True
    return item.kept is not None and item.kept(user)


def _line(item: Item, url: str, view_name: str, count: str) -> Line:
    return Line(item.title, url, item.icon, item.covers(view_name), count)
