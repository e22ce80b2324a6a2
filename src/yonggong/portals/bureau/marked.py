"""The fields that a reviewer ticks as wrong on the page of a case, as the page sends them."""

from __future__ import annotations

from django.http import HttpRequest

from yonggong.cases.errors import refused
from yonggong.cases.marking import Mark, marks
from yonggong.cases.models import Case

_WORD = "wrong-"


def marked(request: HttpRequest, case: Case) -> tuple[Mark, ...]:
    """The marks that were sent. Raises `Refused` for what is no field of the case."""
    words = {
        name.removeprefix(_WORD): str(word)
        for name, word in request.POST.items()
        if name.startswith(_WORD)
    }
    return marks(case, request.POST.getlist("wrong"), words)


def refuse_marked(request: HttpRequest) -> None:
    """Nobody approves what they have just marked as wrong. Raises `Refused`."""
    if request.POST.getlist("wrong"):
        raise refused(
            "", "marked", "已标记有误的项目，不能审核通过", "请取消标记，或者按审核不通过退回"
        )
