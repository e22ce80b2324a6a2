from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "yonggong.services"
    label = "services"
    verbose_name = "公共服务事项"

    def ready(self) -> None:
        from yonggong.cases import prechecking, prefilling, step_hooks
        from yonggong.cases.catalogued import show_on_items, when_ended, when_revoked
        from yonggong.services import (
            answering,
            item_pages,
            knowing,
            notices,
            payments,
            prechecks,
            publicity,
            records,
            surveys,
        )

        when_ended(records.write)
        when_revoked(records.take_back)
        show_on_items(*item_pages.PANELS, advise=item_pages.advice)
        for check in (surveys.check, publicity.check, payments.check):
            step_hooks.before_ended(check)
        for follow in (notices.follow, payments.follow):
            step_hooks.when_ended(follow)
        prefilling.known_further(knowing.facts)
        for refuse in (prechecks.refusals, answering.refusals):
            prechecking.checked_before(refuse)
