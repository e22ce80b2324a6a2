from django.db import migrations

# New contracts filed by the workbook did not note which contract they are about.
NOTED = """
UPDATE cases_case SET subject = filing.contract_id FROM contracts_filing filing
WHERE filing.case_id = cases_case.id AND cases_case.subject IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0007_blocks'),
    ]

    operations = [migrations.RunSQL(NOTED, migrations.RunSQL.noop)]
