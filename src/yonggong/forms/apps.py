"""The forms room as a Django app: templates, static files and template tags, no models."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Registers the app; there is nothing to set up."""

    name = "yonggong.forms"
    label = "forms"
    verbose_name = "表单"
