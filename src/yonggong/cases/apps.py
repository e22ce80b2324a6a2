from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "yonggong.cases"
    label = "cases"
    verbose_name = "办件"
