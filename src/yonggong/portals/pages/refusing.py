"""What of a case could not be done, as a message on the page that follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.life import NotAllowed


@contextmanager
def refusing(request: HttpRequest) -> Iterator[None]:
    """Say of what is done inside why it cannot be."""
    try:
        yield
    except Refused as refused:
        messages.error(request, "；".join(problem.text for problem in refused.problems))
    except (Forbidden, NotAllowed) as forbidden:
        messages.error(request, str(forbidden))
