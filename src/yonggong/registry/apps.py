from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "yonggong.registry"
    label = "registry"
    verbose_name = "主体登记"

    def ready(self) -> None:
        """Make the look-up of employers, and what is known of doubtful codes, known to `forms`."""
        from yonggong.forms import register_lookup, register_taken_codes
        from yonggong.registry.doubtful import is_taken
        from yonggong.registry.lookups import EMPLOYER, employer_facts

        register_lookup(EMPLOYER, employer_facts)
        register_taken_codes(is_taken)
