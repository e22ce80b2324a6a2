from django.apps import AppConfig


class AnnualConfig(AppConfig):
    name = "yonggong.annual"
    label = "annual"
    verbose_name = "年度备案"
