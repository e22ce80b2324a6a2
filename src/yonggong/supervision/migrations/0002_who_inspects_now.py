"""Who inspects now stands beside who was drawn, so that inspections can be handed over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_squashed")]

    operations = [
        migrations.AddField(
            "inspection",
            "acting",
            models.JSONField("监察员", default=list),
            preserve_default=False,
        ),
        migrations.AlterField("inspection", "inspectors", models.JSONField("抽取的监察员")),
        migrations.RunSQL(
            "UPDATE supervision_inspection SET acting = inspectors", migrations.RunSQL.noop
        ),
    ]
