from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('registry', '0011_revocations'),
    ]

    operations = [
        migrations.RenameField(model_name='evidence', old_name='sha256', new_name='digest'),
        migrations.AlterField(
            model_name='worker',
            name='document_digest',
            field=models.BinaryField(max_length=18, verbose_name='证件号码摘要'),
        ),
    ]
