"""``docs/law.md`` is made from the code and is what the code would make now."""

import re

from yonggong.law import rules
from yonggong.law.document import DOCUMENT, main, render


def test_the_document_is_current():
    assert DOCUMENT.read_text(encoding="utf-8") == render()


def test_the_document_lists_every_rule():
    text = render()
    assert all(f"（`{one.name}`）" in text for one in rules())


def test_the_document_is_written_where_asked(tmp_path):
    path = tmp_path / "docs" / "law.md"
    main([str(path)])
    assert path.read_text(encoding="utf-8") == render()


def test_every_rule_is_linked_to_the_file_that_writes_it():
    links = re.findall(r"^- 规则：\[.*\]\((.+)\)，`(.+)`$", render(), re.MULTILINE)
    assert len(links) == len(rules())
    for place, function in links:
        written = (DOCUMENT.parent / place).read_text(encoding="utf-8")
        assert f"\ndef {function}(" in written
