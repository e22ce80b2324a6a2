"""The guide's chapters as HTML, made of `docs/guide/*.md`; what each page's help leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from yonggong.accounts.models import User
from yonggong.accounts.roles import Portal

FOLDER = Path(settings.PROJECT_DIR) / "docs" / "guide"

# The chapters of each portal's guide, the general one first; who reads another first than the general one.
CHAPTERS: dict[Portal, tuple[str, ...]] = {
    "employer": ("employer",),
    "person": ("person",),
    "bureau": ("bureau", "counter", "inspector"),
    "admin": ("admin",),
}
_OF_ROLE = {"counter_clerk": "counter", "inspector": "inspector"}

# Pages about how one signs in, which every portal has.
_SIGNING_IN = ("security", "authenticator", "recovery-codes", "passkey-")

# Pages (the beginnings of their url names) → the heading in a chapter of their portal.
_SECTIONS: dict[Portal, tuple[tuple[str, str], ...]] = {
    "employer": (
        ("employer:particulars", "一、注册和初次备案"),
        ("blank-forms", "十六、空白样表"),
        ("services", "十七、办事指南"),
        ("dispatch-licences", "十九、劳动关系事项"),
        ("claims", "一、注册和初次备案"),
        ("employer:choose", "一、注册和初次备案"),
        ("employer:codes", "一、注册和初次备案"),
        ("employer:operators", "一、注册和初次备案"),
        ("employer:contracts", "二、劳动合同信息综合查询"),
        ("employer:case", "二、劳动合同信息综合查询"),
        ("employer:new", "三、新订备案"),
        ("employer:renewal", "四、续订、变更、解除/终止"),
        ("employer:change", "四、续订、变更、解除/终止"),
        ("employer:ending", "四、续订、变更、解除/终止"),
        ("employer:dispatches", "十一、派遣用工"),
        ("employer:registers", "十八、集体合同、特殊工时与和谐劳动关系"),
        ("employer:dispute", "二十、劳动争议"),
        ("employer:batch", "五、批量业务"),
        ("employer:void", "六、申报作废"),
        ("employer:declared", "一、注册和初次备案"),
        ("employer:roster", "七、名册和证明书"),
        ("employer:annual", "十二、年度备案"),
        ("employer:survey", "十二、年度备案"),
        ("employer:item", "九、其他事项"),
        ("employer:authorities", "十、委托代理"),
        ("employer:records", "九、其他事项"),
        ("employer:looks", "十四、谁查看过本单位信息"),
        ("employer:orders", "十五、责令改正"),
        ("employer:home", "八、待办和提醒"),
        ("messages:", "八、待办和提醒"),
        ("account", "八、待办和提醒"),
        *((page, "十三、登录安全") for page in _SIGNING_IN),
    ),
    "person": (
        ("person:authorities", "委托代理"),
        ("person:apply", "我要办事"),
        ("person:papers", "我的文书"),
        ("blank-forms", "空白样表"),
        ("services", "办事指南"),
        ("person:dispute", "劳动争议"),
        ("person:records", "登记与参保"),
        ("dispatch-licences", "劳务派遣许可公示"),
        ("person:looks", "谁查看过我的信息"),
        ("messages:", "待办和提醒"),
        ("account", "待办和提醒"),
        *((page, "登录安全") for page in _SIGNING_IN),
        ("person:", "我的办件"),
    ),
    "bureau": (
        ("bureau:home", "工作台"),
        ("blank-forms", "空白样表"),
        ("services", "办事指南"),
        ("dispatch-licences", "劳动关系事项"),
        ("bureau:queue", "待审核"),
        ("bureau:case", "审核一件"),
        ("bureau:approve", "批量通过和批量退回"),
        ("bureau:bulk", "批量通过和批量退回"),
        ("bureau:clean", "无提示件"),
        ("bureau:opinions", "常用意见"),
        ("bureau:batch", "批量备案"),
        ("bureau:applications", "账号申请"),
        ("bureau:counter-work", "窗口工作"),
        ("bureau:counter-person", "为个人代录"),
        ("bureau:counter-register", "登记单位"),
        ("bureau:counter-import", "登记单位"),
        ("bureau:counter-claims", "登记单位"),
        ("bureau:counter", "窗口代录"),
        ("bureau:claims", "单位认领"),
        ("bureau:records", "登记与参保"),
        ("bureau:people", "人员档案"),
        ("bureau:person", "人员档案"),
        ("bureau:dispute", "劳动争议"),
        ("bureau:dispatches", "劳务派遣核对"),
        ("bureau:agreements", "劳动关系登记"),
        ("bureau:permits", "劳动关系登记"),
        ("bureau:recognitions", "劳动关系登记"),
        ("bureau:moves", "送审机构变更"),
        ("bureau:sharing", "分派办件"),
        ("bureau:leave", "请假代班"),
        ("bureau:revocations", "撤销审核"),
        ("bureau:registrations", "登记信息"),
        ("bureau:feed", "登记信息"),
        ("bureau:payments", "待遇支付"),
        ("bureau:extensions", "延期审批"),
        ("bureau:evaluations", "好差评"),
        ("bureau:late", "业务主管"),
        ("bureau:clues", "监督线索"),
        ("bureau:insured", "监督线索"),
        ("bureau:annual", "年度备案情况"),
        ("bureau:survey", "薪酬调查"),
        ("bureau:orders", "责令改正"),
        ("bureau:defaulters", "责令改正"),
        ("bureau:penalties", "责令改正"),
        ("bureau:licences", "劳动关系事项"),
        ("bureau:layoffs", "劳动关系事项"),
        ("bureau:minors", "劳动关系事项"),
        ("bureau:plans", "双随机检查"),
        ("bureau:recusals", "回避申报"),
        ("bureau:inspections", "双随机检查"),
        ("bureau:look-up", "监察查阅"),
        ("bureau:relations", "劳动关系核验"),
        ("bureau:", "辖区查询"),
        ("employer:", "窗口代录"),
        *((page, "登录安全") for page in _SIGNING_IN),
    ),
    "admin": (
        ("admin:roles", "角色与权限"),
        ("blank-forms", "空白样表"),
        ("services", "办事指南"),
        ("dispatch-licences", "劳务派遣许可公示"),
        ("admin:orders", "按申请办理账号"),
        ("admin:watching", "登录监控"),
        ("admin:operators", "单位经办人"),
        ("admin:items", "服务事项"),
        ("admin:policy", "政策数据"),
        ("admin:feed", "登记信息"),
        ("admin:operations", "日志"),
        ("admin:log", "日志"),
        ("admin:unusual", "异常查看"),
        ("admin:", "账号"),
        *((page, "登录安全") for page in _SIGNING_IN),
    ),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its title, its headings with their anchors, its text."""

    title: str
    headings: tuple[tuple[str, str], ...]
    html: SafeString


# The parser's tables of characters in addresses are there for others before they are filled: a process
# just started, asked for several pages at once, would meet them half empty.
_PARSING = Lock()


@cache
def chapter(name: str) -> Chapter:
    """A chapter. Headings have anchors; pictures come from `guide:picture`."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    with _PARSING:
        tokens = markdown.parse(text)
    title = ""
    headings: list[tuple[str, str]] = []
    for place, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        words = tokens[place + 1].content
        if token.tag == "h1":
            title = words
            continue
        anchor = f"s{len(headings) + 1}"
        headings.append((anchor, words))
        token.attrSet("id", anchor)
    _lead_pictures(tokens)
    body = [token for token in tokens if token.tag != "h1"]
    if title:  # the words between the tags of the first heading
        body.pop(0)
    html = markdown.renderer.render(body, markdown.options, {})
    return Chapter(title, tuple(headings), mark_safe(html))


def _lead_pictures(tokens: Sequence[Token]) -> None:
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                folder, _, name = str(child.attrs["src"]).partition("/")
                child.attrSet("src", reverse("guide:picture", args=[folder, name]))
                child.attrSet("loading", "lazy")


def own_chapter(user: User) -> str:
    """The chapter written for what somebody does; their portal's general one where they do several
    things there."""
    portal = user.portal or "employer"
    roles = {grant.role.key for grant in user.scope.grants if grant.role.portal == portal}
    return _OF_ROLE.get(roles.pop(), portal) if len(roles) == 1 else portal


def help_address(portal: Portal, view_name: str, first: str = "") -> str:
    """Where the guide speaks of the page called `view_name`, in the chapter called `first` where that
    does; the portal's chapter where it says nothing in particular."""
    wanted = next(
        (heading for start, heading in _SECTIONS[portal] if view_name.startswith(start)), ""
    )
    chapters = sorted(CHAPTERS[portal], key=lambda name: name != first)
    for name in chapters:
        anchors = {words: anchor for anchor, words in chapter(name).headings}
        if wanted in anchors:
            return format_html("{}#{}", reverse("guide:chapter", args=[name]), anchors[wanted])
    return reverse("guide:chapter", args=[chapters[0]])
