from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "yonggong.listings"
    label = "listings"
    verbose_name = "列表"
