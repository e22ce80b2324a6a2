from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "yonggong.entitlements"
    label = "entitlements"
    verbose_name = "工资、社会保险和集体合同"
