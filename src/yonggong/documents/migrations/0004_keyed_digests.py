from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ('documents', '0003_results_of_items'),
    ]

    operations = [
        migrations.RenameField(model_name='document', old_name='sha256', new_name='digest'),
    ]
