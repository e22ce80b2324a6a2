from django.apps import AppConfig


class SecrecyConfig(AppConfig):
    name = "yonggong.secrecy"
    label = "secrecy"
    verbose_name = "信息保密"
