"""Every shared component on one page, with invented contents: for developers, never served.

`make components` shows it at http://127.0.0.1:8001/components/; a component without a sample here
fails `test_gallery.py`.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.urls import path

from tests.forms.outing import OUTING
from yonggong import portals
from yonggong.catalogue.reading import read_item
from yonggong.forms import view
from yonggong.forms.diff import diff
from yonggong.forms.page import FormPage
from yonggong.forms.uploads import UploadedFile, UploadSlot
from yonggong.listings import Badge
from yonggong.portals.pages.dates import DateLine
from yonggong.portals.pages.site import BUREAU
from yonggong.portals.pages.steps import StepLine
from yonggong.services.prechecks import Found, Result
from yonggong.urls import urlpatterns as _served

FOLDER = Path(portals.__file__).parent / "templates/portals/components"
_DAY, _AT = date(2026, 11, 28), datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
_WHO, _OFFICE = Thing(name="试安澜"), Thing(name="试验区人社局")
_FINDING = Thing(
    severity="warn",
    message="每周工作 48 小时，超过 44 小时",
    basis="《劳动法》第三十六条",
    remedy="请核对工时，确需安排的写明原因",
    explanation="经双方协商安排",
)
_CASE = Thing(pk=1, kind_title="劳动合同新订备案", state="pending", phase="", agency=_OFFICE)
_VERSIONS = [Thing(number=2, at=_AT, by=_WHO), Thing(number=1, at=_AT, by=_WHO)]
_STEP = Thing(
    acted_at=_AT, acted_by=_WHO, opened_at=_AT, agency=_OFFICE, round=2, opinion="材料齐全",
    due_on=_DAY, due_by_law_on=_DAY,
)  # fmt: skip
_OPEN = Thing(**{**vars(_STEP), "acted_at": None, "acted_by": None, "round": 1, "opinion": ""})
_WANTED = Thing(label="营业执照", required=True)
_FILE = Thing(file_name="营业执照.png")
_PICTURE = "/static/portals/mark.svg"
_ITEM = read_item(
    json.loads(Path(__file__).parents[1].joinpath("cases/kite.json").read_text("utf-8")), {}
)

SAMPLES: dict[str, dict[str, Any]] = {
    "operator_changes": {
        "changes": [
            Thing(at=_AT, account=_WHO, by=_WHO, reason="凭单位证明", get_act_display="指定")
        ]
    },
    "typed": {"typed": Thing(as_text='[["job", "店长"]]', address="/", files=True)},
    "bad_rows": {"title": "未载入", "bad": [(3, [Thing(text="统一社会信用代码校验位不正确")])]},
    "case_changes": {
        "site": BUREAU,
        "changes": diff(OUTING, {"place": "南湖", "guests": []}, {"place": "松花湖", "guests": []}),
    },
    "dispatch_sides": {
        "of_units": True, "posted_url": "bureau:dispatches", "sent_url": "bureau:dispatches-sent",
    },
    "field": {
        "name": "code", "label": "动态口令", "hint": "手机上显示的 6 位数字", "errors": ["不正确"],
    },
    "notices": {"said": "文件打不开", "act": "载入", "notices": ["第 2 个工作表没有读取"]},
    "passkey": {"csrf_token": ""},
    "signing": {"text": "备案平台 登录 20261128 7F3A"},
    "upload_rows": {"most_megabytes": 5, "seen": "7f3a", "csrf_token": ""},
    "ways": {"provider": "电子社保卡", "certificate": True, "person": True},
    "prechecks": {
        "prechecks": [
            Found("有无同一事项正在办理的申请", Result.FITS, "没有"),
            Found("是否童工（16周岁前参加工作）", Result.AGAINST, "不满 16 周岁", True),
            Found("用工备案中有无生效的劳动合同", Result.TOLD, "试验一号贸易有限公司"),
            Found("是否有欠费（须无欠费）", Result.MANUAL),
        ]
    },
    "case_findings": {"findings": [_FINDING], "label": "单位说明"},
    "case_history": {
        "history": [
            (
                Thing(
                    at=_AT, by=_WHO, opinion="请补正合同起始日期",
                    changes=[("job", "岗位", "", "行政专员")],
                ),
                "审核不通过",
            )
        ]
    },
    "case_facts": {
        "case": Thing(
            **vars(_CASE), filed_at=_AT, filed_by=_WHO, counter=_OFFICE, decided_at=_AT,
            decided_by=_WHO, opinion="材料齐全，予以通过", statutory_due_on=_DAY, late_days=3,
        ),
        "dates": [
            DateLine("法定办结日期", _DAY),
            DateLine("承诺办结日期", _DAY, "剩余 2 个工作日", Badge("warn", "clock")),
            DateLine("实际办结日期", _DAY, "提前 1 个工作日"),
        ],
        "waited": 3,
    },
    "case_item": {"described": Thing(item=_ITEM)},
    "case_results": {
        "described": Thing(results=[(Thing(title="放风筝许可证", number="BJ2201040001"), "#")])
    },
    "case_items": {"site": BUREAU, "items": [Thing(**{**vars(_CASE), "due_on": _DAY})]},
    "case_materials": {
        "lines": [
            Thing(wanted=_WANTED, material=_FILE, url=_PICTURE, may_view=True, is_picture=True),
            Thing(wanted=_WANTED, material=_FILE, url="#", may_view=True, is_picture=False),
            Thing(wanted=_WANTED, material=_FILE, url="#", may_view=False, is_picture=False),
            Thing(wanted=_WANTED, material=None, url="#", may_view=True, is_picture=False),
        ]
    },
    "case_steps": {
        "step_lines": [
            StepLine(
                "done", "受理", "完成", "good", "circle-check", step=_STEP, late="超期 2 个工作日",
                pauses=[Thing(reason="等待外单位材料", began_on=_DAY, ended_on=_DAY)],
            ),
            StepLine("open", "审核", "办理中", "wait", "hourglass", step=_OPEN),
            StepLine("coming", "决定", "尚未开始", "muted", "point"),
        ],
    },
    "case_service": {
        "case": Thing(pk=1),
        "site": BUREAU,
        "may_see_personal": True,
        "service": Thing(
            extensions=[
                Thing(asked_at=_AT, asked_by=_WHO, days=5, reason="等待外地复函", agreed=None)
            ],
            to_decide=Thing(pk=1), may_extend=True, most_days=10,
            photos=[Thing(pk=1, said="正门", at=_AT, by=_WHO, evidence=_FILE)], may_photograph=True,
            objections=[Thing(pk=1, name="试一", at=_AT, text="金额有误", founded=None)],
            may_answer=True, publicised=1,
            evaluation=Thing(
                pk=1, get_level_display="不满意", at=_AT, tags=["办理慢"], text="等了很久",
                reply="", is_complaint=True, reply_by=_DAY,
            ),
            may_evaluate=False, may_reply=True,
        ),
    },
    "case_papers": {
        "site": BUREAU,
        "papers": [Thing(pk=1, title="登记证", number="GY22010420261128000001", made_at=_DAY)],
    },
    "case_versions": {
        "site": BUREAU, "case": _CASE, "versions": _VERSIONS, "shown": _VERSIONS[0],
    },
    "case_revocation": {
        "revocation": Thing(decided_at=_AT, reason="材料不实", opinion="经核对属实"),
        "remedy": "不服的，可以申请行政复议。",
    },
    "day": {"id": "day", "value": "2026-11-20"},
    "files_for": {"request": Thing(files_for=Thing(name="试验商贸有限公司"))},
    "header": {"platform_title": "用工备案平台", "menu": True},
    "held": {
        "held_decisions": [
            Thing(
                decision=Thing(pk=1, case=Thing(**vars(_CASE), subject_name="试安澜", number="1")),
                word="审核通过", left=10, failure=failure,
            )
            for failure in ("", "该办件当前为“已作废”，不能审核通过")
        ]
    },
    "item_facts": {"item": _ITEM},
    "mark": {},
    "messages": {
        "messages": [
            Message(level, "保存成功，办件已提交审核。")
            for level in (constants.SUCCESS, constants.ERROR, constants.WARNING, constants.INFO)
        ]
    },
    "navigation": {
        "menu": [
            ("办理", [Thing(url="#", title="待审核", icon="inbox", active=True, count=3)]),
        ]
    },
    "paper_revoked": {
        "document": Thing(row_count=2),
        "revoked": [Thing(subject_name="试安澜", number="2026112800000001")],
    },
    "password_field": {
        "name": "password", "label": "密码", "errors": ["密码太短"],
    },
    "print": {"print_url": "#", "print_masked": True, "print_whole": True},
    "refusal": {
        "status": 404, "title": "没有这个页面", "message": "地址有误，或者无权查看。",
        "remedy": "请从菜单进入。", "reference": "A1B2",
    },
    "reveal": {"may_see_personal": True, "unmasked": False, "whole_url": "#"},
    "revealed": {"unmasked": True},
    "viewer": {},
    "workforce": {"workforce": [_FINDING]},
}  # fmt: skip

# What rooms draw on pages of several portals, by the template that draws it.
_REGISTRATION = Thing(
    get_register_display="市场监管", get_state_display="存续", state_on=None, seen_at=_AT
)
_ASKED = Thing(since=_DAY, due_on=_DAY, get_act_display="变更备案")
_WAGE = Thing(period="2026-10", employer=_OFFICE, gross="4200.00", net="3900.00", paid_on=_DAY)
_AGREEMENT = Thing(
    title="工资专项集体合同", start_on=_DAY, end_on=_DAY, covered=20, reviewed_by="人社局", number="1",
)  # fmt: skip
GUESTS: dict[str, dict[str, Any]] = {
    "disputes/facts.html": {
        "dispute": Thing(
            state="审理中",
            claimed=12000,
            sort="arbitration",
            accepted_on=_DAY,
            served_on=_DAY,
            answer_due_on=_DAY,
            award_due_on=_DAY,
            more_days=10,
        ),
        "thirds": [
            Thing(
                party=Thing(name="乌海用工有限公司"),
                at=_AT,
                get_ground_display="仲裁委员会通知参加",
            )
        ],
        "hearings": [Thing(at=_AT, place="第一仲裁庭", put_off="当事人患病")],
    },
    "disputes/counters.html": {
        "dispute": Thing(counter_to_id=None),
        "counters": [
            (
                Thing(
                    case=Thing(number="2026030200000001", applicant=Thing(name="试一")),
                    claimed=6000,
                    state="待受理",
                ),
                "#",
            )
        ],
    },
    "disputes/exhibits.html": {
        "filed": [(Thing(file_name="工资流水.pdf"), "与案件相关的证据材料", "#")],
        "exhibits": [
            (
                Thing(
                    name="工资流水",
                    proves="欠付两个月工资",
                    late_reason="银行刚刚出具",
                    get_role_display="申请人",
                    at=_AT,
                ),
                "#",
            )
        ],
    },
    "disputes/papers.html": {
        "papers": [(Thing(title="开庭通知书", number="KT1503020001", made_at=_AT), "#")],
        "numbered": True,
    },
    "employers/asked.html": {"beside": Thing(asked=[_ASKED]), "today": _DAY},
    "employers/registration.html": {
        "filed_as": "备案信息",
        "beside": Thing(
            registration=_REGISTRATION,
            lines=[Thing(label="名称", registered="试甲公司", filed="试乙公司", differs=True)],
        ),
    },
    "entitlements/person.html": {
        "wages": [_WAGE],
        "insurance": [Thing(since=_DAY, employer=_OFFICE, named="养老、医疗", base="4200.00")],
    },
    "entitlements/summary.html": {
        "declared": Thing(
            coverage=Thing(staff=20, kinds=[("养老保险", 18)], without=2),
            wages=[Thing(words="2026 年 10 月", persons=20, total=84000, average=4200)],
            agreements=[_AGREEMENT],
        ),
    },
    "services/records.html": {
        "standings": [
            Thing(
                title="就业登记", thing="", state="in_force", since=_DAY, until=None, unit=_OFFICE
            )
        ],
        "people": [Thing(subject=_WHO, title="就业登记", get_state_display="有效", since=_DAY)],
        "history": [
            Thing(
                at=_AT,
                subject=_WHO,
                title="就业登记",
                thing="",
                get_act_display="登记",
                since=_DAY,
                unit=_OFFICE,
                case_id=1,
                case=Thing(number="2026112800000001"),
                undone_by=None,
            )
        ],
        "site_cases": "bureau:case",
    },
    "supervision/recognition.html": {
        "recognition": Thing(allowed=False, reasons=["责令改正后拒不改正"], notes=["待核"]),
    },
}

# The same of the room of forms.
_GUEST = {"name": "试安澜", "number": "110101199003070978", "sex": "1"}
_SENT = {"place": "", "guests": [_GUEST, {"name": "试二"}]}
_ANSWERS = {"place": "松花湖", "guests": [_GUEST]}


def _forms() -> dict[str, dict[str, Any]]:
    slot = UploadSlot(
        name="licence", label="营业执照", required=True, accept=".pdf", max_bytes=5 << 20,
        hint="正本", upload_url="#", problem="文件打不开", form_url="#",
        form_note="先填写好本页内容，再下载按所填内容生成的表打印，由主管部门盖章后，拍照上传。",
        files=[UploadedFile(name="执照.pdf", size=120_000, view_url="#", delete_url="#")],
    )  # fmt: skip
    page = FormPage(OUTING, raw=_SENT, problems=OUTING.clean(_SENT).problems, uploads=[slot])
    before = {"place": "南湖", "guests": []}
    return {
        "forms/page.html": {"page": page, "csrf_token": ""},
        "forms/view.html": {"sections": view.sections(OUTING, _ANSWERS)},
        "forms/diff.html": {
            "changes": diff(OUTING, before, _ANSWERS),
            "before": "变更前",
            "after": "变更后",
        },
    }


_PAGE = """{% extends "portals/bare.html" %}{% load static %}
{% block title %}组件{% endblock %}
{% block head %}<link rel="stylesheet" href="{% static 'portals/bureau/bureau.css' %}">{% endblock %}
{% block bare %}{% for name, drawn in components %}
<section data-component="{{ name }}"><h2>{{ name }}</h2>{{ drawn }}</section>
{% endfor %}{% endblock %}"""


def page(request: HttpRequest) -> HttpResponse:
    """All components, each under its name."""
    components = [
        (name, render_to_string(f"portals/components/{name}.html", sample, request))
        for name, sample in SAMPLES.items()
    ]
    components += [
        (name, render_to_string(name, sample, request))
        for name, sample in (*_forms().items(), *GUESTS.items())
    ]
    django = engines["django"]
    return HttpResponse(django.from_string(_PAGE).render({"components": components}, request))


urlpatterns = [path("components/", page), *_served]
