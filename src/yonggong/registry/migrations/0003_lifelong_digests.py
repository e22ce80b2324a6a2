from django.db import migrations

from yonggong.registry.actions import document_digest
from yonggong.vault import open_sealed

# Passes of Hong Kong and Macao, and of Taiwan residents: their numbers end in a count of issues.
PASSES = ['04', '06']


def digest_anew(apps, schema_editor):
    """A person filed under two issues of one pass keeps two registrations, for a bureau to join:
    the first is found by the number from now on."""
    workers = apps.get_model('registry', 'Worker').objects
    for worker in workers.filter(document_type__in=PASSES).order_by('pk').iterator():
        digest = document_digest(worker.document_type, open_sealed(worker.document_sealed))
        if not workers.filter(document_digest=digest).exists():
            workers.filter(pk=worker.pk).update(document_digest=digest)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0002_confirmed'),
    ]

    operations = [migrations.RunPython(digest_anew, migrations.RunPython.noop)]
