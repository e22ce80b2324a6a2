from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "yonggong.counters"
    label = "counters"
    verbose_name = "窗口工作"
