"""The paper of an order: 责令限期改正通知书."""

from __future__ import annotations

from datetime import date

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes import regions
from yonggong.documents.rendering import Result, render_result, written_date
from yonggong.forms.reading import as_sentence
from yonggong.registry.models import Agency
from yonggong.supervision import grounds
from yonggong.supervision.order_models import Order

TITLE = "责令限期改正通知书"


def office_of(user: User, region: str) -> str:
    """In whose name an inspector acts: their agency's, else the bureau's of their region."""
    for grant in user.scope.grants:
        if Power.ORDER in grant.role.powers and regions.covers(grant.region or "x", region):
            if grant.agency is not None:
                return Agency.objects.get(pk=grant.agency).name
            return bureau_of(grant.region)
    return bureau_of(region)


def bureau_of(region: str) -> str:
    """What the bureau of a region is called: the city's and the county's names without the province's."""
    line = regions.find(region)
    if line is None or region.endswith("0000"):
        return f"{regions.full_name(region)}人力资源和社会保障厅"
    above = "".join(one.name for one in regions.ancestors(region)[1:])
    return f"{above}{line.name}人力资源和社会保障局"


def render_notice(order: Order, on: date) -> bytes:
    """The paper as a PDF, dated by the day of its issue."""
    cited = grounds.named(order.grounds)
    return render_result(
        Result(
            title=TITLE,
            number=order.number,
            applicant=order.employer.name,
            statement=f"经查，你单位存在以下问题：{as_sentence(order.wrong)}"
            f"现责令你单位于{written_date(order.correct_by)}前改正，并将改正情况书面告知本机关。",
            agency=order.office,
            decided_on=on,
            facts=[
                ("单位名称", order.employer.name),
                ("统一社会信用代码", order.employer.credit_code),
                ("改正要求", order.wanted),
                ("改正期限", f"{written_date(order.correct_by)}前"),
            ],
            parts=[
                ("依据", [f"{ground.label}：{ground.says}" for ground in cited]),
                (
                    "告知",
                    [
                        "你单位可以向本机关陈述、申辩。逾期拒不改正的，将移送劳动保障监察依法查处，"
                        "并按规定列入拒不改正名单。",
                        "对本通知不服的，可以依法申请行政复议或者提起行政诉讼（期限待核，以法律规定为准）。",
                    ],
                ),
            ],
        )
    )
