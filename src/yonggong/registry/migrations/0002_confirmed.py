from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='worker',
            name='confirmed',
            field=models.BooleanField(db_default=False, default=False, verbose_name='已经审核'),
        ),
    ]
