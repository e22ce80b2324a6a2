from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "yonggong.disputes"
    label = "disputes"
    verbose_name = "劳动争议"

    def ready(self) -> None:
        """Follow the steps of disputes; tell what is open, and what is about a contract."""
        from yonggong.cases import step_hooks
        from yonggong.contracts.beside import when_shown
        from yonggong.disputes import counter_claims, following, hearings, register
        from yonggong.relations.blockers import when_recognised

        for check in (counter_claims.check, hearings.check):
            step_hooks.before_ended(check)
        step_hooks.when_ended(following.follow)
        when_recognised(register.blockers)
        when_shown(register.about)
