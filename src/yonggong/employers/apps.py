from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "yonggong.employers"
    label = "employers"
    verbose_name = "用人单位备案"

    def ready(self) -> None:
        """Make the kinds of filing known to `cases`."""
        from yonggong.employers import filings  # noqa: F401  registers on import
