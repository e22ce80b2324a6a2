"""The page of new contracts (manual 1.4)."""

from __future__ import annotations

from yonggong.cases.pages import OwnList, Pages
from yonggong.contracts import panels
from yonggong.contracts.new import advising

PAGES = Pages(
    word="new",
    list=OwnList(
        title="劳动合同新订备案",
        icon="file-plus",
        act="新订",
        note=lambda rules: (
            "劳动者信息第一次进入系统，须以新订的形式备案。审核不通过的备案可以修改后重新提交。"
        ),
        preset=lambda rules: {"kind": "new"},
    ),
    notice="notice_contract",
    repeats=True,
    starts=advising.taken_over,
    advice=advising.advice,
    panels=panels.PANELS,
    key_facts=(*panels.WHO, *panels.TERM, panels.PROBATION),
)
