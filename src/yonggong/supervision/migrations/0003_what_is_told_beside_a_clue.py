"""The threshold is told beside what was found, so that an order does not say it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_who_inspects_now")]

    operations = [
        migrations.AddField(
            "clue",
            "aside",
            models.CharField("列为线索的界限", max_length=100, blank=True, default=""),
        ),
    ]
