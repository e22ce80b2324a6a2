from django.db import migrations


class Migration(migrations.Migration):
    """Digests of lifelong parts: made anew once, where there were any. The rows of that time are no
    more, and their numbers were sealed in a form that nothing opens."""

    dependencies = [
        ('registry', '0002_confirmed'),
    ]

    operations = []
