"""Names stored before they had one form are brought to it, where they are compared and looked for.

What was filed (the data of cases, histories, papers) stays as it was filed.
"""

from django.db import migrations

from yonggong.codes.names import employer_name, person_name

# Most names, and nothing to do for them.
_ORDINARY = "^[\u3400-\u4dbf\u4e00-\u9fff]+$"
_STEP = 1000


def bring_names_to_one_form(apps, schema_editor):
    """Only ever makes the text of a name another writing of the same one, so runs any time."""
    _bring(apps.get_model("registry", "Worker"), "name", lambda row: person_name(row.name))
    _bring(apps.get_model("registry", "Employer"), "name", lambda row: employer_name(row.name))
    _bring(apps.get_model("contracts", "Filing"), "name", lambda row: person_name(row.name))
    _bring(apps.get_model("cases", "Case"), "subject_name", _subject)


def _subject(case):
    form = employer_name if case.kind.startswith("employer.") else person_name
    return form(case.subject_name)


def _bring(model, field, form):
    changed = []
    for row in model.objects.exclude(**{f"{field}__regex": _ORDINARY}).iterator(_STEP):
        name = form(row)[: model._meta.get_field(field).max_length]
        if name != getattr(row, field):
            setattr(row, field, name)
            changed.append(row)
    model.objects.bulk_update(changed, [field], batch_size=_STEP)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_with_employer"),
        ("contracts", "0010_exclusive"),
        ("registry", "0002_confirmed"),
    ]

    operations = [migrations.RunPython(bring_names_to_one_form, migrations.RunPython.noop)]
