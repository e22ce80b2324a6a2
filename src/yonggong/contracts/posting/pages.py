"""What the page of a user unit's filing shows beside what every case has."""

from __future__ import annotations

from yonggong.cases.pages import KeyFact, Pages
from yonggong.contracts import two_sides

PAGES = Pages(
    notice="notice_contract",
    repeats=True,
    panels=(two_sides.OF_POSTING,),
    key_facts=(
        KeyFact(label="劳动者", fields=("name", "document_number")),
        KeyFact(label="派遣单位", fields=("dispatcher",)),
        KeyFact(label="派遣期限", fields=("dispatch_start_on", "dispatch_end_on"), between=" 至 "),
        KeyFact(label="岗位", fields=("job", "dispatch_post")),
        KeyFact(label="工资", fields=("base_pay",)),
    ),
)
