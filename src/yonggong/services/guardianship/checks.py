"""What refuses it: acting for oneself, a child of age, a day that is over, a parent who signed nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from yonggong.cases.attempts import Attempt
from yonggong.codes.calendar import add_months
from yonggong.codes.identity import parse_id_number
from yonggong.forms import Problem
from yonggong.registry.actions import id_card_digest
from yonggong.registry.models import Worker
from yonggong.services.guardianship.form import GUARDIANSHIP_FORM, MINOR, PARENT

AUTHORISATION = "authorisation"
_OF_AGE = 18


def last_day(number: str) -> date:
    """The last day on which somebody with this card is a minor."""
    return add_months(parse_id_number(number).birth_date, 12 * _OF_AGE) - timedelta(days=1)


def refused(attempt: Attempt) -> Iterator[Problem]:
    """Nothing here tells whether the other person is known."""
    values, today = attempt.values, attempt.today
    relation, number, until = values["relation"], str(values["ward_number"]), values["until"]
    counter = attempt.by.scope.counter_for(attempt.applicant.pk)
    if counter is None and attempt.by.person_id != attempt.applicant.pk:
        yield _problem("relation", "own", "代办人须由本人申请，受托人不能转办", "请由本人登录申请")
    own = Worker.objects.filter(pk=attempt.applicant.pk).first()
    if own is not None and bytes(own.document_digest) == id_card_digest(number):
        yield _problem("ward_number", "oneself", "不能为本人申请代办", "请填写被代办人的身份证号码")
    if until < today:
        yield _problem("until", "over", "代办期限早于今天", "请重新填写")
    last = last_day(number)
    if relation == MINOR and last < today:
        yield _problem("relation", "of_age", "子女已满 18 周岁", "请由其本人办理委托")
    elif today <= last < until:
        # Whoever's ward: of age, they speak for themselves.
        yield _problem("until", "too_long", f"最长至 {last}", "请改为该日或者之前")
    given = attempt.among.given
    if relation == PARENT and AUTHORISATION not in given and not attempt.among.typing:
        yield Problem(
            field=f"material-{AUTHORISATION}",
            label="授权委托书",
            code="authorisation",
            message="为父母代办的，须有其签名的授权委托书",
            remedy="请上传后再提交",
        )


def _problem(field: str, code: str, message: str, remedy: str) -> Problem:
    return GUARDIANSHIP_FORM.problem(field, code, message, remedy)
