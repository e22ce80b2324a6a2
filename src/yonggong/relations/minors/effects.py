"""What the decision on a registration writes: the register, the opinion, the certificate."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.documents import results
from yonggong.documents.rendering import written_date
from yonggong.documents.results import Said
from yonggong.relations import register
from yonggong.relations.minor_models import Minor
from yonggong.relations.minors import papers
from yonggong.relations.minors.form import AGAIN
from yonggong.services import records
from yonggong.services.record_models import Record


def applied(case: Case, by: User, now: datetime) -> None:
    """Registered, or a later health check added."""
    if case.values["matter"] == AGAIN:
        results.issue(case, said=_opinion(case, register.add_check(case)))
        return
    minor = register.enter(case)
    results.issue(case, said=_opinion(case, minor))
    papers.issue(case, minor, by=by, now=now)
    records.write_as(
        case, Record.Act.BEGIN, since=minor.begins_on, until=minor.adult_on, worker=minor.worker
    )


def _opinion(case: Case, minor: Minor) -> Said:
    """Who was registered for which work, or examined again. Of the articles that the standard names for
    this item the first two are of other matters."""
    again = case.values["matter"] == AGAIN
    return Said(
        decided=(
            "经审查，定期健康检查情况予以登记。"
            if again
            else "经审查，申请材料真实完整，招用岗位适用未成年工，予以登记备案。"
        ),
        facts=[
            ("未成年工", case.values["f1_person_name"]),
            ("工种", minor.occupation),
            ("上岗日期", written_date(minor.begins_on)),
            ("健康检查日期", written_date(case.values["examined_on"])),
            ("登记证编号", minor.number),
        ],
        law=[
            "《中华人民共和国劳动法》第五十八条",
            "《未成年工特殊保护规定》（劳部发〔1994〕498号）第九条",
        ],
    )


def refused(case: Case) -> None:
    """Not registered, with the grounds."""
    results.issue(case)


def revoked(case: Case, by: User, now: datetime) -> None:
    """The approval is withdrawn: the register is as if it had never been."""
    register.take_back(case)
    records.take_back(case, by, now)
