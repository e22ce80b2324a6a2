from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "yonggong.reminders"
    label = "reminders"
    verbose_name = "待办与提醒"

    def ready(self) -> None:
        """Carry what people are told at once."""
        from yonggong.accounts.telling import when_told
        from yonggong.reminders.actions import write

        when_told(write)
