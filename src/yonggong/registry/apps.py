from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "yonggong.registry"
    label = "registry"
    verbose_name = "主体登记"

    def ready(self) -> None:
        """Make the look-up of employers known to `forms`."""
        from yonggong.forms import register_lookup
        from yonggong.registry.lookups import EMPLOYER, employer_facts

        register_lookup(EMPLOYER, employer_facts)
