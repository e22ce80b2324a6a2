from django.apps import AppConfig


class SecrecyConfig(AppConfig):
    name = "yonggong.secrecy"
    label = "secrecy"
    verbose_name = "信息保密"

    def ready(self) -> None:
        """Have what waits here counted with the other to-dos."""
        from yonggong.reminders.todos import count_also
        from yonggong.secrecy.todos import todos_of

        count_also(todos_of)
