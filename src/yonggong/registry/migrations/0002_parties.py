"""Employers, agencies and workers draw their keys from those of the parties; the database holds who is
one, for rows written past the models too."""

from django.db import migrations

_SHARED = (
    "ALTER TABLE registry_{table} ALTER COLUMN id DROP IDENTITY IF EXISTS",
    "ALTER TABLE registry_{table} ALTER COLUMN id SET DEFAULT nextval('registry_party_id_seq')",
)
_PARTY = (
    "ALTER TABLE registry_{table} ADD CONSTRAINT {table}_is_party FOREIGN KEY (id)"
    " REFERENCES registry_party (id) DEFERRABLE INITIALLY DEFERRED"
)
_STATEMENTS = [
    *(line.format(table=table) for table in ("employer", "agency", "worker") for line in _SHARED),
    *(_PARTY.format(table=table) for table in ("employer", "agency")),
]


class Migration(migrations.Migration):
    replaces = [("registry", "0007_parties")]
    dependencies = [("registry", "0001_squashed")]

    operations = [
        migrations.RunSQL(_STATEMENTS, migrations.RunSQL.noop),
    ]
