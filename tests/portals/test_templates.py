"""Templates: each portal draws its own and the shared ones, and nobody needs to scroll sideways."""

from __future__ import annotations

import re
from pathlib import Path

import yonggong

SOURCE = Path(yonggong.__file__).parent
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
PORTALS = ("admin", "bureau", "employer", "public")
# A template or a style, script or picture of a portal, named in a template or by a view.
_OF_A_PORTAL = re.compile(rf"""["']portals/({"|".join(PORTALS)})/[\w/.-]+["']""")
_MOST = 140


def place(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def owner(path: Path) -> str:
    """The portal that a template or a view belongs to, "" for what all share."""
    parts = path.relative_to(SOURCE).parts
    inner = parts[parts.index("portals") + 1 :] if "portals" in parts else ()
    if inner[:2] == ("templates", "portals"):
        inner = inner[2:]
    return inner[0] if len(inner) > 1 and inner[0] in PORTALS else ""


def foreign(path: Path) -> list[str]:
    """What of other portals a file names."""
    named = _OF_A_PORTAL.finditer(path.read_text("utf-8"))
    return [found[0] for found in named if found[1] != owner(path)]


def test_no_template_draws_or_styles_itself_with_another_portal() -> None:
    assert {place(path): found for path in TEMPLATES if (found := foreign(path))} == {}


def test_no_view_renders_the_template_of_another_portal() -> None:
    views = (SOURCE / "portals").rglob("*.py")
    assert {place(path): found for path in views if (found := foreign(path))} == {}


def test_days_are_typed_in_the_platform_s_own_field() -> None:
    """`components/day.html`, or a form's field: any way of writing a day is read there; a browser's own
    field takes one alone, and shows it as the machine is set."""
    raw = re.compile(r"""type=["']?(?:date|month)\b""")
    assert not [place(path) for path in TEMPLATES if raw.search(path.read_text("utf-8"))]


_CLASS = re.compile(r"\b(?:yb|ye|yf|yg)-[\w-]+")


def test_what_a_template_is_styled_by_is_its_own_portal_s_or_everybody_s() -> None:
    """A class whose only rules stand in another portal's style leaves the page bare."""
    styled: dict[str, set[str]] = {}
    for sheet in SOURCE.rglob("static/**/*.css"):
        parts = sheet.relative_to(SOURCE).parts
        portal = next((name for name in PORTALS if name in parts[:-1]), "")
        for name in _CLASS.findall(sheet.read_text("utf-8")):
            styled.setdefault(name, set()).add(portal)
    bare = {
        f"{place(path)}: {name}"
        for path in TEMPLATES
        for name in _CLASS.findall(path.read_text("utf-8"))
        if name in styled and not styled[name] & {"", owner(path)}
    }
    assert bare == set()


def test_lines_fit_the_screen() -> None:
    long = [
        f"{place(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > _MOST
    ]
    assert long == []


# What opens and is not closed on its line is no tag to Django, and is shown to people as it stands.
_CUT = re.compile(r"\{\{[^}\n]*\n|\{%[^%\n]*\n")


def test_every_tag_stands_on_one_line() -> None:
    broken = [place(path) for path in TEMPLATES if _CUT.search(path.read_text("utf-8"))]
    assert broken == []


_EXTENDS = re.compile(r"""{%\s*extends\s+["']([^"']+)["']""")
_BLOCK = re.compile(r"{%\s*block\s+(\w+)")


def blocks(name: str) -> set[str]:
    """The blocks that a template has, with those of what it extends."""
    (path,) = [path for path in TEMPLATES if str(path).endswith(f"templates/{name}")]
    text = path.read_text("utf-8")
    base = _EXTENDS.search(text)
    return set(_BLOCK.findall(text)) | (blocks(base[1]) if base else set())


def test_a_page_fills_only_blocks_that_its_base_has() -> None:
    """What stands in any other block is shown nowhere: a page's own styles, say."""
    lost = {}
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        base = _EXTENDS.search(text)
        if base:
            outer = {name for name in _BLOCK.findall(text) if not _inside(text, name)}
            lost[place(path)] = sorted(outer - blocks(base[1]))
    assert {name: found for name, found in lost.items() if found} == {}


def _inside(text: str, block: str) -> bool:
    """Whether a block stands within another of the same template."""
    before = text[: re.search(rf"{{%\s*block\s+{block}\b", text).start()]  # type: ignore[union-attr]
    return len(_BLOCK.findall(before)) > len(re.findall(r"{%\s*endblock", before))


_NAMED = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")


def test_every_template_that_is_included_or_extended_is_there() -> None:
    known = {str(path).split("/templates/", 1)[1] for path in TEMPLATES}
    named = {
        (name, place(path))
        for path in TEMPLATES
        for name in _NAMED.findall(path.read_text("utf-8"))
    }
    assert {where for name, where in named if name not in known} == set()


_CHINESE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"{_CHINESE}[ \t]*\n[ \t]*{_CHINESE}")


def test_no_sentence_is_broken_where_a_page_would_show_a_blank() -> None:
    """The end of a line between two Chinese characters is drawn as a blank."""
    broken = {
        place(path): [found[0] for found in _BROKEN.finditer(path.read_text("utf-8"))]
        for path in TEMPLATES
    }
    assert {name: found for name, found in broken.items() if found} == {}


# A line's end is a blank on the page, and none stands beside a Chinese mark.
_BLANK_BESIDE_A_MARK = re.compile(
    r"[，。；：、（](?:\{% end(?:if|for|with) %\})*\n\s*(?!\{% (?:el|end|include|empty|block|comment))[^\s<]"
    r"|[^\s>}]\n\s*(?:\{% if [^%]*%\})?[，。；：、）]"
    r"|\{% end(?:if|for|with) %\}\n\s*(?:\{% if [^%]*%\})?[，。；：、）]"
    r"|\n\s*\{% e(?:lse|nd)[^\n<]*%\}[，。；：、）]"
)


def test_no_blank_stands_beside_a_chinese_mark() -> None:
    found = {
        place(path): [mark[0] for mark in _BLANK_BESIDE_A_MARK.finditer(path.read_text("utf-8"))]
        for path in TEMPLATES
    }
    assert {where: marks for where, marks in found.items() if marks} == {}


def test_columns_as_many_as_fit_give_way_where_not_one_does() -> None:
    """A column that keeps its width reaches over the edge of a card that is narrower."""
    stiff = re.compile(r"auto-fi(?:ll|t), minmax\((?!min\()(?!\d(?:\.\d+)?rem)")
    sheets = SOURCE.rglob("static/**/*.css")
    assert not [place(path) for path in sheets if stiff.search(path.read_text("utf-8"))]
