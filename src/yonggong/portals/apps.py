from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "yonggong.portals"
    label = "portals"
    verbose_name = "门户"
