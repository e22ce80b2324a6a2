"""A browser, as far as it is more than a client: its forms carry what the page in view carries."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

_CARRIED = re.compile(rb'<input type="hidden" name="(opened_by|opened_for)" value="(\d+)">')


class Screen(Client):
    """A signed-in person's browser. What is posted as a form goes along with whom the last page was
    opened by and for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carried: dict[str, str] = {}

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        if not answer.streaming and (found := _CARRIED.findall(answer.content)):
            self.carried = {name.decode(): key.decode() for name, key in found}
        return answer

    def post(self, path: Any, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        if data is None or isinstance(data, dict):
            data = self.carried | (data or {})
        return super().post(path, data, *args, **kwargs)
