from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "yonggong.documents"
    label = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        from yonggong.cases.catalogued import when_ended
        from yonggong.documents.results import issue

        when_ended(issue)
