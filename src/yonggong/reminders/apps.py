from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "yonggong.reminders"
    label = "reminders"
    verbose_name = "待办与提醒"
