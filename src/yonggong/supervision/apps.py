from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "yonggong.supervision"
    label = "supervision"
    verbose_name = "监督检查"

    def ready(self) -> None:
        """Have what waits here counted with the other to-dos, what stands against recognising an
        employer told to its application, and inspections handed over by whoever leaves."""
        from yonggong.accounts.leaving import when_leaving
        from yonggong.relations.blockers import when_recognised
        from yonggong.reminders.todos import count_also
        from yonggong.supervision.recognition import blockers
        from yonggong.supervision.succession import WORK
        from yonggong.supervision.todos import todos_of

        when_leaving(WORK)
        count_also(todos_of)
        when_recognised(blockers)
