from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "yonggong.contracts"
    label = "contracts"
    verbose_name = "劳动合同"

    def ready(self) -> None:
        """Make the kinds of filing known to `cases`."""
        from yonggong.contracts import filings  # noqa: F401  registers on import
