from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "yonggong.staff"
    label = "staff"
    verbose_name = "人员账号"
