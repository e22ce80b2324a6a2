from django.apps import AppConfig


class BatchConfig(AppConfig):
    name = "yonggong.batch"
    label = "batch"
    verbose_name = "批量业务"
