"""A kind stands in its package: nothing else of the platform names it but the data of catalogue and
provinces, and nothing outside its room imports it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

import yonggong

SOURCE = Path(yonggong.__file__).parent
# Each kind of the platform's own, by the folder of its package.
KINDS = {
    file.parent: import_module(".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)).KIND
    for room in apps.get_app_configs()
    if SOURCE in Path(room.path).parents
    for file in sorted(Path(room.path).glob("*/kind.py"))
}
DATA = tuple(SOURCE / name for name in ("catalogue", "policy/provinces", "benefits", "services"))
_READ = frozenset({".py", ".html", ".js", ".css", ".typ", ".yaml", ".csv", ".json", ".sql", ".txt"})
NAMES = sorted((folder, kind.name) for folder, kind in KINDS.items())


def _files() -> Iterator[Path]:
    for file in SOURCE.rglob("*"):
        history = "migrations" in file.parts
        data = file.suffix != ".py" and any(folder in file.parents for folder in DATA)
        if file.suffix in _READ and not history and not data:
            yield file


FILES = {file: file.read_text("utf-8") for file in _files()}


def _imported(file: Path) -> set[str]:
    """The modules that a file imports, and what it takes from them."""
    found = set()
    for node in ast.walk(ast.parse(FILES[file])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


IMPORTED = {file: _imported(file) for file in FILES if file.suffix == ".py"}


def _module(folder: Path) -> str:
    return ".".join(folder.relative_to(SOURCE.parent).parts)


def _importing(folder: Path) -> set[Path]:
    """The files outside a package that import something of it."""
    name = _module(folder)
    return {
        file
        for file, modules in IMPORTED.items()
        if folder not in file.parents
        and any(module == name or module.startswith(f"{name}.") for module in modules)
    }


def test_the_seven_kinds_are_looked_at() -> None:
    assert len(KINDS) >= 7


@pytest.mark.parametrize(("folder", "name"), NAMES, ids=[name for _, name in NAMES])
def test_a_kind_is_named_in_its_package_only(folder: Path, name: str) -> None:
    word = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w.])")
    naming = {file for file, text in FILES.items() if word.search(text)}
    assert {file for file in naming if folder not in file.parents} == set()
    assert naming


@pytest.mark.parametrize(("folder", "name"), NAMES, ids=[name for _, name in NAMES])
def test_no_other_room_imports_it(folder: Path, name: str) -> None:
    assert {file for file in _importing(folder) if folder.parent not in file.parents} == set()


@pytest.mark.parametrize(("folder", "name"), NAMES, ids=[name for _, name in NAMES])
def test_no_other_kind_imports_it(folder: Path, name: str) -> None:
    assert {file for file in _importing(folder) if file.parent in KINDS} == set()
