from django.apps import AppConfig


class RelationsConfig(AppConfig):
    name = "yonggong.relations"
    label = "relations"
    verbose_name = "劳动关系事项"

    def ready(self) -> None:
        """Tell the contracts' checks what is on record here; look at licences before a step ends."""
        from yonggong.cases import step_hooks
        from yonggong.contracts.on_record import when_judged, when_laid_off
        from yonggong.relations.dispatch_licence.checks import on_site
        from yonggong.relations.dispatch_licence.on_contracts import licensed
        from yonggong.relations.layoffs.on_endings import any_reported, reported
        from yonggong.relations.minors.on_contracts import registered
        from yonggong.relations.special_hours.on_contracts import permitted

        step_hooks.before_ended(on_site)
        when_judged("contract", licensed)
        when_judged("contract", registered)
        when_judged("contract", permitted)
        when_judged("ending", reported)
        when_laid_off(any_reported)
