"""Grants, account and person are of one branch: what the foreign keys of Django cannot say."""

from django.db import migrations

_ONE_BRANCH = """
ALTER TABLE accounts_grant ADD CONSTRAINT grant_of_one_branch
    FOREIGN KEY (user_id, branch) REFERENCES accounts_user (id, branch);
ALTER TABLE accounts_user ADD CONSTRAINT user_of_one_branch
    FOREIGN KEY (holder_id, branch) REFERENCES accounts_holder (id, branch);
"""
_FREE = """
ALTER TABLE accounts_grant DROP CONSTRAINT grant_of_one_branch;
ALTER TABLE accounts_user DROP CONSTRAINT user_of_one_branch;
"""


class Migration(migrations.Migration):
    replaces = [("accounts", "0014_holders")]
    dependencies = [("accounts", "0002_squashed")]

    operations = [
        migrations.RunSQL(_ONE_BRANCH, _FREE),
    ]
