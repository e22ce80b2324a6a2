"""Why something was not done, said above the page that comes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from yonggong.cases.errors import Refused


def tell(request: HttpRequest, refused: Refused) -> None:
    """Each thing that is wrong and what to do about it, in sentences."""
    for problem in refused.problems:
        messages.error(request, f"{problem.message}。{problem.remedy}".rstrip("。") + "。")
