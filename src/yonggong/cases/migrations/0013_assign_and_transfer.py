from django.db import migrations

RENAMED = {"take": "assign", "hand_on": "transfer"}


def _renamed(apps, names):
    events = apps.get_model("cases", "Event").objects
    for old, new in names.items():
        events.filter(action=old).update(action=new)


def forwards(apps, editor):
    _renamed(apps, RENAMED)


def backwards(apps, editor):
    _renamed(apps, {new: old for old, new in RENAMED.items()})


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0012_joint_cases"),
    ]

    operations = [
        migrations.RenameField(model_name="case", old_name="taken_by", new_name="assigned_to"),
        migrations.RunPython(forwards, backwards),
    ]
