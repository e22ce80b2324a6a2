"""The room of invented kinds: each is a package, found as those of every room are."""

from django.apps import AppConfig


class InventedConfig(AppConfig):
    name = "tests.cases"
    label = "invented"
