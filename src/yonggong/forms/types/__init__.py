"""The field types of the platform, registered when this is imported."""

from yonggong.forms.types import coded, days, identifiers, numbers, table, text

__all__ = ["coded", "days", "identifiers", "numbers", "table", "text"]
