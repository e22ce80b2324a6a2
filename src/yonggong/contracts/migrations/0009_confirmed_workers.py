from django.db import migrations

# Whom an approval has named is confirmed; until now everybody's first filing bound.
CONFIRMED = """
UPDATE registry_worker SET confirmed = true
WHERE EXISTS (SELECT FROM contracts_filing filing
  WHERE filing.worker_id = registry_worker.id AND filing.state = 'approved')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0008_subjects'),
        ('registry', '0002_confirmed'),
    ]

    operations = [migrations.RunSQL(CONFIRMED, migrations.RunSQL.noop)]
