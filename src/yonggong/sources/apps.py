from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "yonggong.sources"
    label = "sources"
    verbose_name = "依据文件"
