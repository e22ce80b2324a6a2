"""A source of chance with a seed, for tests that need no database."""

import random

import pytest


@pytest.fixture
def chance_of_codes() -> random.Random:
    return random.Random(11643)
