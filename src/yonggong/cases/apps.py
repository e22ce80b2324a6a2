from django.apps import AppConfig, apps


class CasesConfig(AppConfig):
    name = "yonggong.cases"
    label = "cases"
    verbose_name = "办件"

    def ready(self) -> None:
        """Make the kinds of case known that the packages of the installed rooms declare; have whoever
        leaves hand over first."""
        from yonggong.accounts.leaving import when_leaving
        from yonggong.cases import handing_over
        from yonggong.cases.kinds import register_packages

        when_leaving(handing_over.WORK)
        for room in apps.get_app_configs():
            if room.module is not None:
                register_packages(room.module)
