from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ('cases', '0024_marks_and_notes'),
    ]

    operations = [
        migrations.RenameField(model_name='blob', old_name='sha256', new_name='digest'),
    ]
