"""What the office fills in at the steps of an item, from data: its printed office form, the checks of
acceptance and handling as checklists, what the case ends with, and the record that a kind of step asks for
(survey, publicity, payment, delivery). One form a step, kept with the step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from yonggong.cases.item_forms import office_form
from yonggong.cases.procedure import JUDGING
from yonggong.catalogue.items import Item, Stage
from yonggong.forms import Field, FieldType, Form, Option, Problem, Section, Shortcut, When

ACCEPTANCE, HANDLING = "checks_accept", "checks_handle"
WRONG = "wrong"
# The field of an acceptance that says whose matter it is, where it is not the agency's.
WHOSE = "whose_matter"
# The field of a decision that says with which of its item's results the case ends: codes are their places.
GIVEN = "results_given"
_ANSWERS = (
    Option(code="right", label="符合"),
    Option(code=WRONG, label="不符合"),
    Option(code="none", label="不适用"),
)


def step_forms(item: Item) -> dict[str, Form]:
    """What the office fills in, by the key of the step; nothing for a step that asks for nothing."""
    stages = [stage for stage in item.stages() if stage.by != "applicant"]
    if not stages:
        return {}
    sections: dict[str, list[Section]] = {stage.key: [] for stage in stages}
    judging = _judging(stages)
    # The standard names no stage for the printed office form: the first that judges the case has it.
    if printed := office_form(item):
        sections[(judging or stages[-1]).key] += printed.sections
    accepting = next((stage for stage in stages if stage.kind == "accept"), stages[0])
    behind = judging or next((stage for stage in stages if stage is not accepting), accepting)
    if item.acceptance_checks:
        sections[accepting.key].append(
            _checklist(ACCEPTANCE, "受理审查", item.acceptance_checks, "a")
        )
    if accepting.kind == "accept" and "refuse" in accepting.outcomes:
        sections[accepting.key].append(_NOT_OURS)
    if item.handling_checks:
        sections[behind.key].append(_checklist(HANDLING, "办理核验", item.handling_checks, "h"))
    if len(item.results) > 1:
        sections[_deciding(stages).key].append(_results(item.results))
    last_pay = next((stage for stage in reversed(stages) if stage.kind == "pay"), None)
    for stage in stages:
        record = _RECORDS.get(stage.kind)
        if (
            record is None
            or stage.by == "system"
            or (stage.kind == "pay" and stage is not last_pay)
        ):
            continue
        sections[stage.key].append(record)
    return {
        stage.key: Form(
            name=f"{item.key}.{stage.key}", title=f"{stage.name}记录", sections=tuple(some)
        )
        for stage in stages
        if (some := sections[stage.key])
    }


def _judging(stages: Sequence[Stage]) -> Stage | None:
    return next((stage for stage in stages if stage.kind in JUDGING), None)


def _deciding(stages: Sequence[Stage]) -> Stage:
    """Where somebody says what the case ends with: the last that judges it, else the last of all."""
    people = [stage for stage in stages if stage.by != "system"] or stages
    return next((stage for stage in reversed(people) if stage.kind in JUDGING), people[-1])


def _results(results: Sequence[str]) -> Section:
    choices = (Option(code=str(place), label=said) for place, said in enumerate(results))
    return Section(
        name="results",
        title="办理结果",
        fields=(
            Field(
                name=GIVEN,
                label="本次作出的结果",
                type=FieldType.MULTI_CHOICE,
                choices=tuple(choices),
                hint="勾选本办件实际作出的结果，载入办理结果文书；不勾选的，文书不列办理结果。",
            ),
        ),
    )


# --- checklists --------------------------------------------------------------------------------


def _checklist(name: str, title: str, checks: Sequence[str], letter: str) -> Section:
    return Section(
        name=name,
        title=title,
        hint="逐项核验；不符合的写明情况，退回或者不予办理时一并告知申请人。",
        fields=tuple(_rows(checks, letter)),
    )


def _rows(checks: Sequence[str], letter: str) -> Iterator[Field]:
    names = [f"check_{letter}{place}" for place in range(1, len(checks) + 1)]
    all_met = Shortcut(label="全部符合", answers=dict.fromkeys(names, "right"))
    for place, check in enumerate(checks, 1):
        answered = f"check_{letter}{place}"
        yield Field(
            name=answered,
            label=f"{place}. {check}",
            type=FieldType.CHOICE,
            choices=_ANSWERS,
            required=True,
            width=8,
            shortcuts=(all_met,) if place == 1 and len(checks) > 1 else (),
        )
        yield Field(
            name=f"{answered}_said",
            label="情况说明",
            max_length=200,
            width=4,
            required=When(answered, equals=WRONG),
            show_when=When(answered, one_of=(WRONG, "none")),
        )


def has_checks(form: Form) -> bool:
    """Whether a step's form has a checklist."""
    return any(section.name in (ACCEPTANCE, HANDLING) for section in form.sections)


def without_checks(form: Form) -> Form | None:
    """What of a step's form others than the office read; None where that is nothing."""
    inner = (ACCEPTANCE, HANDLING)
    sections = tuple(section for section in form.sections if section.name not in inner)
    return replace(form, sections=sections) if sections else None


def wrong_checks(form: Form | None, values: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """The checks that are not met: field, what was checked, what was said of it."""
    checks = [
        field
        for section in (form.sections if form else ())
        if section.name in (ACCEPTANCE, HANDLING)
        for field in section.fields
        if field.choices == _ANSWERS
    ]
    return [
        (field.name, field.label.partition(". ")[2], str(values.get(f"{field.name}_said") or ""))
        for field in checks
        if values.get(field.name) == WRONG
    ]


def told(opinion: str, wrong: Sequence[tuple[str, str, str]], *, longest: int = 500) -> str:
    """The opinion of a return or refusal with the checks that are not met, as many as it has room
    for."""
    if not wrong:
        return opinion
    lead = f"{opinion}\n核验不符合：" if opinion else "核验不符合："
    wordy = [f"{check}（{said}）" if said else check for _, check, said in wrong]
    for some in (wordy, [check for _, check, _ in wrong]):
        for count in range(len(some), 0, -1):
            more = f"等 {len(some)} 项" if count < len(some) else ""
            full = f"{lead}{'；'.join(some[:count])}{more}。"
            if len(full) <= longest and (count == len(some) or some is not wordy):
                return full
    return opinion


# --- records -----------------------------------------------------------------------------------

_NOT_OURS = Section(
    name="not_ours",
    title="不予受理时填写",
    rare=True,
    fields=(
        Field(
            name=WHOSE,
            label="应当向其申请的机关",
            max_length=100,
            width=8,
            hint="不属于本机构职责范围的，写明由哪个机关办理，载入《不予受理通知书》。",
        ),
    ),
)
MET, UNMET = "met", "unmet"
_SURVEY = Section(
    name="survey",
    title="现场核查记录",
    fields=(
        Field(name="surveyed_on", label="核查日期", type=FieldType.DATE, required=True),
        Field(name="surveyed_at", label="核查地点", required=True, max_length=100),
        Field(name="surveyed_by", label="核查人员", required=True, max_length=100),
        Field(name="survey_met_with", label="现场接待人", max_length=50),
        Field(
            name="survey_found",
            label="核查情况",
            type=FieldType.LONG_TEXT,
            required=True,
            max_length=2000,
        ),
        Field(
            name="survey_result",
            label="核查结论",
            type=FieldType.CHOICE,
            choices=(
                Option(code=MET, label="与申请情况相符"),
                Option(code=UNMET, label="与申请情况不符"),
            ),
            required=True,
        ),
    ),
)
_PUBLICITY = Section(
    name="publicity",
    title="公示记录",
    fields=(
        Field(
            name="publicity_where",
            label="公示方式",
            required=True,
            max_length=100,
            hint="本平台公开页面之外的公示地点或者网站，没有的填“本平台”。",
        ),
        Field(
            name="publicity_result",
            label="公示结果",
            type=FieldType.CHOICE,
            choices=(
                Option(code="none", label="无异议"),
                Option(code="unfounded", label="异议不成立"),
                Option(code="founded", label="异议成立"),
            ),
            required=True,
        ),
        Field(
            name="publicity_said",
            label="异议核实情况",
            type=FieldType.LONG_TEXT,
            max_length=1000,
            required=When("publicity_result", one_of=("unfounded", "founded")),
            show_when=When("publicity_result", one_of=("unfounded", "founded")),
        ),
    ),
)
_PAYMENT = Section(
    name="payment",
    title="支付记录",
    fields=(
        Field(name="payee", label="收款人", required=True, max_length=100),
        Field(name="payee_bank", label="开户银行", max_length=100),
        Field(name="payee_account", label="收款账号", max_length=40, personal=True),
        Field(name="paid_amount", label="支付金额", type=FieldType.MONEY, required=True, unit="元"),
        Field(name="paid_on", label="支付日期", type=FieldType.DATE, required=True),
        Field(name="paid_voucher", label="支付凭证号", max_length=50),
    ),
)
FETCHED, POSTED, ELECTRONIC = "fetched", "posted", "electronic"
_DELIVERY = Section(
    name="delivery",
    title="送达记录",
    fields=(
        Field(
            name="delivered_how",
            label="送达方式",
            type=FieldType.CHOICE,
            choices=(
                Option(code=FETCHED, label="现场领取"),
                Option(code=POSTED, label="邮寄"),
                Option(code=ELECTRONIC, label="网上送达"),
            ),
            required=True,
        ),
        Field(name="delivered_on", label="送达日期", type=FieldType.DATE, required=True),
        Field(
            name="delivered_to",
            label="领取人或者收件人",
            max_length=50,
            required=When("delivered_how", one_of=(FETCHED, POSTED)),
            show_when=When("delivered_how", one_of=(FETCHED, POSTED)),
        ),
        Field(
            name="delivered_to_id",
            label="领取人证件号码",
            max_length=30,
            personal=True,
            required=When("delivered_how", equals=FETCHED),
            show_when=When("delivered_how", equals=FETCHED),
        ),
        Field(
            name="delivered_signed",
            label="签收",
            type=FieldType.CHOICE,
            choices=(
                Option(code="self", label="申请人本人（单位）签字"),
                Option(code="agent", label="受托人签字，已核对委托书"),
            ),
            required=When("delivered_how", equals=FETCHED),
            show_when=When("delivered_how", equals=FETCHED),
        ),
        Field(
            name="post_number",
            label="邮件号码",
            max_length=40,
            required=When("delivered_how", equals=POSTED),
            show_when=When("delivered_how", equals=POSTED),
        ),
    ),
)
# Days on which something was done: none of them lies ahead.
_DONE_ON = frozenset({"surveyed_on", "paid_on", "delivered_on"})


def still_ahead(form: Form, values: Mapping[str, object], today: date) -> Iterator[Problem]:
    """The records of what is said to have been done on a day that is yet to come."""
    for name in _DONE_ON & form.fields_by_name.keys():
        on = values.get(name)
        if isinstance(on, date) and on > today:
            label = form.fields_by_name[name].label
            yield Problem(
                field=name,
                code="in_future",
                label=label,
                message=f"{label}晚于今天",
                remedy="请填写实际的日期",
            )


_RECORDS = {"survey": _SURVEY, "publicity": _PUBLICITY, "pay": _PAYMENT, "deliver": _DELIVERY}
