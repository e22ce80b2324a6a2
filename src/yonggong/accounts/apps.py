from django.apps import AppConfig
from django.db.backends.signals import connection_created

from yonggong.privileges import compare_role


class AccountsConfig(AppConfig):
    name = "yonggong.accounts"
    label = "accounts"
    verbose_name = "账号与权限"

    def ready(self) -> None:
        connection_created.connect(compare_role)
