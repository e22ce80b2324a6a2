"""The platform with the developers' page of components: `make components`."""

from tests.settings import *  # noqa: F403

DEBUG = True
ROOT_URLCONF = "tests.portals.gallery"
