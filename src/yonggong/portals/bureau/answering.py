"""How an act on a page of the bureau is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest

from yonggong.services import errors
from yonggong.supervision import acting
from yonggong.uploads import UploadRefused


@contextmanager
def answering(request: HttpRequest, done: str) -> Iterator[None]:
    """Say of an act that it is done, or why it cannot be; of what is not theirs there is no page."""
    try:
        yield
    except (acting.Unfit, errors.Unfit, UploadRefused) as refused:
        messages.error(request, str(refused))
    except ObjectDoesNotExist:
        raise Http404 from None
    else:
        messages.success(request, done)
