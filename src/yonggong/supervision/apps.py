from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "yonggong.supervision"
    label = "supervision"
    verbose_name = "监督检查"

    def ready(self) -> None:
        """Have what waits here counted with the other to-dos, and what stands against recognising an
        employer told to its application."""
        from yonggong.relations.blockers import when_recognised
        from yonggong.reminders.todos import count_also
        from yonggong.supervision.recognition import blockers
        from yonggong.supervision.todos import todos_of

        count_also(todos_of)
        when_recognised(blockers)
