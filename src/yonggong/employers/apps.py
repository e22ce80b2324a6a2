from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "yonggong.employers"
    label = "employers"
    verbose_name = "用人单位备案"

    def ready(self) -> None:
        """Make the agencies known to `forms`."""
        from yonggong.employers.choices import AgencyChoices
        from yonggong.employers.forms import AGENCY_OPTIONS
        from yonggong.forms.choices import register_choices

        register_choices(AGENCY_OPTIONS, AgencyChoices())
