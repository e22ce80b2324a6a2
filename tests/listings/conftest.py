"""Signing in, as lists need it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def sign_in(db: None) -> Callable[..., Client]:
    """A client whose session has begun for a person, without the password's cost."""

    def begin(user: Any, client: Client | None = None) -> Client:
        client = client or Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.session
        session["session_started"] = session["session_touched"] = time.time()
        session.save()
        return client

    return begin
