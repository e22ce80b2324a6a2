from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "yonggong.documents"
    label = "documents"
    verbose_name = "文书"
