"""Which page belongs to which kind of case."""

from __future__ import annotations

from django.urls import reverse

from yonggong.cases.models import Case


def word(case: Case) -> str:
    """The word for the case's kind; "item" where the kind has no pages of its own."""
    return case.definition.pages or "item"


def form_url(case: Case) -> str:
    """The page on which the case is filled in or mended."""
    return reverse(f"employer:{word(case)}-form", args=[case.pk])


def list_name(case: Case) -> str:
    """The url name of the list, or page, to which the case belongs."""
    return f"employer:{word(case)}"


def list_url(case: Case) -> str:
    """Its address."""
    return reverse(list_name(case))


def case_url(case: Case) -> str:
    """The page that shows the case: what concerns the employer itself stands on 单位基本信息."""
    return reverse("employer:case", args=[case.pk])
