"""内部备注: what people of an office say of a case to one another."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.models import Case, Note
from yonggong.forms.reading import read_remark

# Whole document numbers and mobile numbers stand in the case, under seal; here they would not be.
WHOLE_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])")


def may_note(user: User, case: Case) -> bool:
    """Whether `user` reads and writes the notes of a case that they see: who reviews at its agency,
    or reviews or supervises in its region for its department, and neither filed it nor is a party
    to it or acts for one."""
    scope = user.scope
    office = bool({case.agency_id, case.acting_agency_id} & scope.agencies(Power.REVIEW))
    department = case.definition.matter.department
    return (
        office
        or scope.covers(case.region_code, Power.REVIEW, Power.SUPERVISE, department=department)
    ) and not (queries.concerns(user, case) or queries.has_filed(user, case))


def notes_of(user: User, case: Case) -> QuerySet[Note] | None:
    """The notes of a case, the newest first; None for whom there are none to read or write."""
    if not may_note(user, case):
        return None
    return case.notes.prefetch_related("by").order_by("-id")


def add_note(*, case: Case, text: str, by: User, now: datetime) -> Note:
    """Say something of a case to one's colleagues.

    Raises `Forbidden`, `Refused` where nothing is said, or a whole document or mobile number.
    """
    if not may_note(by, case):
        raise Forbidden("您不能查看或填写该办件的内部备注。")
    said = read_remark(text)
    if not said:
        raise refused("text", "required", "请填写备注内容", "")
    if WHOLE_NUMBER.search(said):
        raise refused(
            "text",
            "personal",
            "备注中有完整的证件号码或者手机号码",
            "请只写末四位，完整号码在办件中查看",
        )
    return Note.objects.create(case=case, by=by, at=now, text=said)
