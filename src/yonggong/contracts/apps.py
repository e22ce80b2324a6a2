from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "yonggong.contracts"
    label = "contracts"
    verbose_name = "劳动合同"

    def ready(self) -> None:
        """Make the other parties of dispatches known to `forms`."""
        from yonggong.contracts.dispatch_parties import party_facts
        from yonggong.contracts.fields import DISPATCH_PARTY
        from yonggong.forms import register_lookup

        register_lookup(DISPATCH_PARTY, party_facts)
