"""One file of a province, a city or the national base, read into dated values.

A file says which region it is for, which documents it draws on, and its values. Whatever is
wrong in it is collected as gaps, all at once, instead of stopping at the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from yonggong.codes.seen import UNCHECKED
from yonggong.policy.schema import schema
from yonggong.policy.shapes import Misshapen, is_region_code
from yonggong.policy.values import AnnualDuty, Gap

NATIONAL = "000000"


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from a day on: what, since when, on whose authority, compared with it or not.

    ``value`` is None where the file stops saying anything from that day, so that the file above
    it holds again. ``checked`` is None where nobody has seen the source (待核); ``confirmed`` says
    with which document, and by whom, where a bureau confirmed it. ``digest`` tells the value as
    written from any other.
    """

    since: date
    value: Any
    source: str
    checked: date | None
    note: str
    file: str
    region: str
    digest: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that values are drawn from."""

    title: str
    number: str
    issued: date | None

    def cite(self, article: str) -> str:
        """Name the document with its number, and the article in it."""
        return self.title + (f"（{self.number}）" if self.number else "") + article


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: its region and title, its values by path, oldest first."""

    file: str
    region: str
    title: str
    values: Mapping[str, tuple[Dated, ...]]
    gaps: tuple[Gap, ...]

    @property
    def is_national(self) -> bool:
        """Say whether this is the base under every province."""
        return self.region == NATIONAL

    @property
    def prefix(self) -> str:
        """Give the digits that the codes of all its regions begin with; none for the nation."""
        ends = (2, 4, 6) if not self.is_national else (0,)
        return next(self.region[:end] for end in ends if not self.region[end:].strip("0"))


def lying_over(region_code: str) -> tuple[str, str, str, str]:
    """Give the codes of a region and all above it, most specific first, the nation's last."""
    code = region_code[:6]
    return code, code[:4] + "00", code[:2] + "0000", NATIONAL


class _StrictLoader(yaml.SafeLoader):
    """YAML that refuses a key written twice, which would silently drop the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        if twice := sorted({str(key) for key in keys if keys.count(key) > 1}):
            raise yaml.constructor.ConstructorError(
                None, None, f"键重复：{'、'.join(twice)}", node.start_mark
            )
        return super().construct_mapping(node, deep=deep)


class _Reader:
    """Reads one file; keeps the gaps it meets."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.region = ""
        self.sources: dict[str, Source] = {}
        self.cited: set[str] = set()
        self.gaps: list[Gap] = []

    def wrong(self, path: str, message: str) -> None:
        self.gaps.append(Gap("error", self.file, path, message))

    def note(self, path: str, message: str) -> None:
        self.gaps.append(Gap("note", self.file, path, message))

    def read(self, text: str) -> Sheet:
        try:
            raw = yaml.load(text, Loader=_StrictLoader)
        except (yaml.YAMLError, ValueError) as error:  # ValueError: a day that does not exist
            self.wrong("", f"不是可读的 YAML：{error}")
            raw = {}
        if not isinstance(raw, dict):
            self.wrong("", "文件应当有 region、title、sources、values")
            raw = {}
        self._read_head(raw)
        values = dict(self._values(raw.get("values")))
        for key in sorted(self.sources.keys() - self.cited):
            self.note(f"sources.{key}", "没有规定引用这个文件")
        return Sheet(
            file=self.file,
            region=self.region,
            title=str(raw.get("title") or ""),
            values=MappingProxyType(values),
            gaps=tuple(self.gaps),
        )

    def _read_head(self, raw: dict[str, Any]) -> None:
        if unknown := sorted(str(k) for k in raw.keys() - {"region", "title", "sources", "values"}):
            self.wrong("", f"不认识的键：{'、'.join(unknown)}")
        region = raw.get("region")
        if not (isinstance(region, str) and is_region_code(region)):
            self.wrong("region", "应当是加引号的六位行政区划代码")
        else:
            self.region = region
        if not isinstance(raw.get("title"), str):
            self.wrong("title", "缺少名称")
        sources = raw.get("sources")
        if not isinstance(sources, dict):
            self.wrong("sources", "缺少依据的文件")
            return
        for key, one in sources.items():
            if not isinstance(one, dict) or not isinstance(one.get("title"), str):
                self.wrong(f"sources.{key}", "缺少文件名称")
                continue
            issued = one.get("issued")
            if issued is not None and type(issued) is not date:
                self.wrong(f"sources.{key}", "issued 应当是发文日期，如 2026-01-01")
                issued = None
            self.sources[str(key)] = Source(one["title"], str(one.get("number") or ""), issued)

    def _values(self, raw: Any) -> Iterator[tuple[str, tuple[Dated, ...]]]:
        if not isinstance(raw, dict):
            self.wrong("values", "没有任何规定")
            return
        for section, named in raw.items():
            if not isinstance(named, dict):
                self.wrong(str(section), "应当是一组名称和规定")
                continue
            for name, entries in named.items():
                path = f"{section}.{name}"
                if schema().find(str(section), str(name)) is None:
                    self.wrong(path, "不认识的名称，见 schema.yaml")
                elif dated := self._entries(path, entries):
                    yield path, dated

    def _entries(self, path: str, entries: Any) -> tuple[Dated, ...]:
        if not isinstance(entries, list) or not entries:
            self.wrong(path, "应当是 {from, value, source, checked} 的列表")
            return ()
        dated = [one for raw in entries if (one := self._entry(path, raw)) is not None]
        days = [one.since for one in dated]
        if len(set(days)) != len(days):
            self.wrong(path, "同一天起有两个规定")
        elif days != sorted(days):
            self.wrong(path, "规定应当按起始日期由早到晚排列")
        return tuple(dated)

    def _entry(self, path: str, raw: Any) -> Dated | None:
        needed = {"from", "value", "source", "checked"}
        if not isinstance(raw, dict) or needed - raw.keys() or raw.keys() - needed - {"note"}:
            self.wrong(path, "每个规定应当有 from、value、source、checked，可以有 note")
            return None
        if type(raw["from"]) is not date:
            self.wrong(path, "from 应当是日期，如 2026-01-01")
            return None
        checked = raw["checked"]
        if checked != UNCHECKED and type(checked) is not date:
            self.wrong(path, f"checked 应当是核对日期，或者“{UNCHECKED}”")
            return None
        source = self._cite(path, raw["source"], raw["from"])
        try:
            value = raw["value"]
            if value is not None:
                value = schema().named(path).read(value)
        except Misshapen as error:
            self.wrong(path, str(error))
            return None
        dated = Dated(
            since=raw["from"],
            value=value,
            source=source,
            checked=checked if type(checked) is date else None,
            note=str(raw.get("note") or ""),
            file=self.file,
            region=self.region,
            digest=_digest(raw["value"]),
        )
        return with_origin(path, dated)

    def _cite(self, path: str, raw: Any, since: date) -> str:
        """Turn ``nmg-2014 第九条`` into the document's title, number and the article."""
        key, _, article = str(raw or "").partition(" ")
        source = self.sources.get(key)
        if source is None:
            self.wrong(path, f"source 的第一个词应当是 sources 中的文件，没有“{key}”")
            return ""
        self.cited.add(key)
        if source.issued and since < source.issued:
            self.note(path, f"{since} 起的规定早于依据文件的发文日期 {source.issued}")
        return source.cite(article)


def _digest(raw: Any) -> str:
    """Give what tells a value, as the file writes it, from any other."""
    written = json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def with_origin(path: str, dated: Dated) -> Dated:
    """Write name and origin into a duty, which callers show without asking where it came from."""
    if not isinstance(dated.value, AnnualDuty):
        return dated
    duty = replace(
        dated.value,
        name=path.partition(".")[2],
        source=dated.source,
        checked=dated.checked,
    )
    return replace(dated, value=duty)


def read_text(text: str, file: str) -> Sheet:
    """Read the text of a file; ``file`` is how the file is called where its values are shown."""
    return _Reader(file).read(text)


def read_sheet(path: Path, root: Path) -> Sheet:
    """Read one file; ``root`` is the folder that its name is shown relative to."""
    return read_text(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
