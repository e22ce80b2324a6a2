"""Write ``docs/law.md``: every rule, article and table of this room, made from the code.

``python -m yonggong.law.document [path]`` writes it; a test holds the file to what this gives.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from yonggong.codes.seen import UNCHECKED
from yonggong.law.articles import articles, laws, read_checked, sources
from yonggong.law.check import SUBJECTS, rules
from yonggong.law.findings import Article, chinese_number, name_articles
from yonggong.law.grounds import grounds
from yonggong.law.registry import AnyRule
from yonggong.law.retirement import TRACKS
from yonggong.law.rules.ages import hazards
from yonggong.law.rules.clauses import barred
from yonggong.law.tables import rows

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "law.md"

# Where the rules' files stand, seen from the document.
_RULES = "../src/yonggong/law/rules"
_SUBJECT_TITLES = {
    "persons": "人员身份",
    "ages": "年龄：未成年工与退休年龄",
    "terms": "合同期限与日期",
    "writing": "书面合同与续订",
    "open_ended": "无固定期限合同",
    "clauses": "合同条款",
    "probation": "试用期",
    "pay": "工资",
    "hours": "工时与加班",
    "part_time": "非全日制用工",
    "dispatch": "劳务派遣",
    "covenants": "竞业限制、服务期与违约金",
    "women": "女职工特殊保护",
    "ending_grounds": "解除终止的情形与前提",
    "ending_protection": "不得解除与应当续延的情形",
    "ending_retirement": "退休终止",
    "ending_money": "经济补偿与赔偿金",
    "workforce": "单位用工总体",
    "annual": "年度备案",
    "collective": "集体合同审查",
    "special_hours": "特殊工时审批",
    "disputes": "劳动争议",
}
_SEVERANCE_WORDS = {"yes": "支付", "no": "不支付", "depends": "视情形"}
_OLD_WORDS = {
    "none": "不支付",
    "capped": "支付，最多 12 个月",
    "uncapped": "支付，不封顶",
    "unknown": "另行核定",
}

_OPENING = """\
# 法律规则

<!-- 由 python -m yonggong.law.document 生成，请勿手改 -->

本文列出平台对劳动合同、解除终止和单位用工所作的全部法律检查，供法律专业人员逐条核对。
规则只陈述事实与法条，“默认处理”可由各省政策改为禁止、需说明或者提示。
缺少所需事实时，规则不作判断。“核对”一栏写明文本与何处所见核对、在哪一天；标“待核”的没有见到文本，
所依据的法条都待核的问题只作提示，不禁止提交，也不要求说明。
"""

_NOT_CHECKED = """\
## 不作检查的事项

- 第十四条第二款第（二）项（初次实行劳动合同制度、国有企业改制）：备案数据不含改制事实。
- 第十四条第二款第（三）项中劳动者有第三十九条、第四十条第（一）（二）项情形的例外：由单位在说明中提出。
- 第三十九条各项事实是否成立（除试用期届满外）、第三十八条各项事实是否成立：须经仲裁或者诉讼认定。
- 地方规定（如医疗期延长、未提前通知期满终止的补偿、双倍工资的地方口径）：由各省政策另行规定。
- 2008 年以前的工作年限：按《违反和解除劳动合同的经济补偿办法》和当时规定计算，标“另行核定”的不计入结果。
- “连续”订立合同的间隔法律没有规定，本平台以 31 日为界；期满后没有办理解除终止、继续用工的，视为连续。
- 已在职人员首次备案的，此前的合同以单位填报为准；用工之日早于合同起始日期而没有填报的，只询问，不作认定。
"""


def _severity(rule: AnyRule) -> str:
    return rule.default_severity.label


def _span(rule: AnyRule) -> str:
    since, until = rule.in_force
    return f"{since} 起" + (f"，至 {until}" if until else "")


def _cite(cited: Iterable[Article]) -> str:
    return name_articles(cited)


def _table(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for line in lines:
        yield "| " + " | ".join(cell.replace("|", "、") for cell in line) + " |"
    yield ""


def _subject(module: ModuleType) -> Iterator[str]:
    name = module.__name__.rsplit(".", 1)[1]
    yield f"## {_SUBJECT_TITLES[name]}"
    yield ""
    for rule in rules():
        if rule.check.__module__ != module.__name__:
            continue
        yield f"### {rule.title}（`{rule.name}`）"
        yield ""
        yield f"- 检查：{rule.checks}"
        yield f"- 法条：{_cite(rule.articles)}"
        yield f"- 施行：{_span(rule)}　默认处理：{_severity(rule)}"
        yield f"- 事实：{'、'.join(f'`{field}`' for field in rule.fields)}"
        yield f"- 规则：[`{name}.py`]({_RULES}/{name}.py)，`{rule.check.__name__}`"
        yield ""


def _sources() -> Iterator[str]:
    yield "## 核对所见的来源"
    yield ""
    yield from _table(("来源", "说明"), ((one.title, one.note) for one in sources().values()))


def _laws() -> Iterator[str]:
    yield "## 依据的法律文件"
    yield ""
    yield from _table(
        ("简称", "全称", "文号", "施行", "来源", "核对", "说明"),
        (
            (
                law.short,
                law.title,
                law.number,
                f"{law.since}" + (f" 至 {law.until}" if law.until else ""),
                law.source,
                str(law.checked or UNCHECKED),
                law.note,
            )
            for law in laws().values()
        ),
    )


def _articles() -> Iterator[str]:
    yield "## 法条摘要"
    yield ""
    yield from _table(
        ("法条", "摘要", "核对"),
        ((str(one), one.text_short, str(one.checked or UNCHECKED)) for one in articles().values()),
    )


def _grounds() -> Iterator[str]:
    yield "## 解除终止情形"
    yield ""
    yield from _table(
        ("代码", "情形", "经济补偿", "提前通知", "保护", "通知工会", "2008 年以前年限"),
        (
            (
                one.code,
                one.name,
                _SEVERANCE_WORDS[one.severance],
                f"{one.notice_days} 日" if one.notice_days else "",
                f"第{'四十二' if one.protection == 42 else '四十五'}条" if one.protection else "",
                "是" if one.union_notice else "",
                _OLD_WORDS[one.before_2008],
            )
            for one in grounds().values()
        ),
    )


def _retirement() -> Iterator[str]:
    yield "## 法定退休年龄对照（按档）"
    yield ""
    for track in TRACKS:
        yield f"### {track.title}"
        yield ""
        yield from _table(("出生年月", "法定退休年龄", "退休年月"), _bands(track.name))
    yield "### 最低缴费年限"
    yield ""
    yield from _table(
        ("年份", "月数"), ((row["year"], row["months"]) for row in rows("contribution_years"))
    )


def _medical() -> Iterator[str]:
    yield "## 医疗期"
    yield ""
    yield from _table(
        ("实际工作年限", "本单位工作年限", "医疗期", "累计病休时间的周期", "出处"),
        (
            (
                _years(row["total_from"], row["total_below"]),
                _years(row["own_from"], row["own_below"]),
                f"{row['months']} 个月",
                f"{row['window_months']} 个月",
                row["source"],
            )
            for row in rows("medical_periods")
        ),
    )


def _years(least: str, below: str) -> str:
    from_on = f"满 {least} 年" if least != "0" else ""
    return from_on + (f"不满 {below} 年" if below else "以上")


def _bands(name: str) -> Iterator[tuple[str, ...]]:
    bands: dict[str, list[dict[str, str]]] = {}
    for row in rows(name):
        bands.setdefault(row["delay_months"], []).append(row)
    for band in bands.values():
        first, last = band[0], band[-1]
        months = int(first["age_months"])
        yield (
            f"{first['birth_month']} 至 {last['birth_month']}",
            f"{first['age_years']} 岁" + (f" {months} 个月" if months else ""),
            f"{first['retire_month']} 至 {last['retire_month']}",
        )


def _lists() -> Iterator[str]:
    yield "## 禁忌劳动范围"
    yield ""
    groups = {
        "female": "女职工",
        "juvenile": "未成年工",
        "menstruation": "经期",
        "pregnancy": "孕期",
        "nursing": "哺乳期",
    }
    titles = {code: title for code, (title, _) in hazards().items()}
    yield from _table(
        ("出处", "禁忌人员", "原文", "填报选项", "核对"),
        (
            (
                f"{row['law']}{row['place']}"
                + (f"第（{chinese_number(int(row['item']))}）项" if row["item"] else ""),
                groups[row["barred_for"]],
                row["text"],
                "；".join(titles[code] for code in row["codes"].split("|")),
                str(read_checked(row["checked"]) or UNCHECKED),
            )
            for row in rows("hazard_provisions")
        ),
    )
    yield "## 法律禁止的约定（barred_clauses）"
    yield ""
    yield "对双方自行填写的文字按字句比对，字句见 `tables/barred_clauses.csv`；明文禁止此类行为的句子不算。"
    yield ""
    yield from _table(("内容", "法条"), ((one.title, str(one.article)) for one in barred()))


def render() -> str:
    """Give the whole document as Markdown."""
    lines: list[str] = [_OPENING]
    unchecked = sum(not one.checked for one in articles().values())
    lines.append(
        f"共 {len(rules())} 条规则，引用 {len(articles())} 处法条，其中 {unchecked} 处待核。\n"
    )
    for module in SUBJECTS:
        lines.extend(_subject(module))
    lines.append(_NOT_CHECKED)
    for part in (_grounds, _retirement, _medical, _lists, _sources, _laws, _articles):
        lines.extend(part())
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str]) -> None:
    """Write the document to the path given, or to its place in the repository."""
    path = Path(arguments[0]) if arguments else DOCUMENT
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
