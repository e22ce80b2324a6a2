"""What is wrong with an answer, said so that the person who gave it can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with one field.

    `field` (a cell of a table: `members__3__name`) and `label` say where, `message` what is wrong,
    `remedy` what to do (both Chinese, without a full stop); `code` is stable and goes out through
    the API; `value` is what was given, empty where the field is personal; `about` names the field
    that a question (`field` is then the answer to it) is about.
    """

    field: str
    code: str
    message: str
    remedy: str
    value: str = ""
    label: str = ""
    about: str = ""

    @property
    def place(self) -> str:
        """The field of the form: where `field` is a cell (`table__3__name`), its table."""
        return self.field.partition("__")[0]

    @property
    def text(self) -> str:
        """Where, what and how in one sentence, as an error summary shows it."""
        said = self.message.startswith(self.label) or self.message.endswith(self.label)
        where = "" if not self.label or said else f"{self.label}："
        return f"{where}{self.message}，{self.remedy}" if self.remedy else f"{where}{self.message}"
