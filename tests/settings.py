"""The platform's own settings on a test database, with what is slow on purpose made fast."""

import os
from pathlib import Path

os.environ.setdefault("YONGGONG_TESTING", "1")
os.environ["YONGGONG_DATA_DIR"] = str(Path(__file__).resolve().parents[1] / "var" / "test")

from yonggong.settings import *  # noqa: F403

# The room of invented kinds, whose packages are found as those of every room.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.cases"]  # noqa: F405

# Looked at when a test asks for it: no test counts a query that a clock sends.
SOURCES_REFRESH_SECONDS = None

# Static files are looked up when they are asked for, not listed anew for each of the thousands of
# clients; `tests/serving` runs the platform as it is served.
WHITENOISE_AUTOREFRESH = True

# What asks for a second factor is tested where that is the matter.
SECOND_FACTOR = "off"

# A decision counts at once; that it is held back is tested where that is the matter.
UNDO_SECONDS = 0

# The real hasher is proven once, in tests/accounts; here it would only cost time.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
