import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0008_names_passwords_failures'), ('accounts', '0009_limited_acts'), ('accounts', '0010_looked_up_persons'), ('accounts', '0011_keyed_digests'), ('accounts', '0012_one_time_codes'), ('accounts', '0013_looks'), ('accounts', '0015_second_factors'), ('accounts', '0016_inspector')]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.party', verbose_name='本人'),
        ),
        migrations.AddField(
            model_name='accessentry',
            name='about',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='所涉账号'),
        ),
        migrations.AddField(
            model_name='accessentry',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='操作人'),
        ),
        migrations.AddField(
            model_name='askedact',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to=settings.AUTH_USER_MODEL, verbose_name='账号'),
        ),
        migrations.AddField(
            model_name='askedact',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人'),
        ),
        migrations.AddField(
            model_name='askedact',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人'),
        ),
        migrations.AddField(
            model_name='authenticator',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL, verbose_name='账号'),
        ),
        migrations.AddField(
            model_name='grant',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.agency', verbose_name='机构'),
        ),
        migrations.AddField(
            model_name='grant',
            name='granted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='授权人'),
        ),
        migrations.AddField(
            model_name='grant',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='registry.party', verbose_name='当事人'),
        ),
        migrations.AddField(
            model_name='grant',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='账号'),
        ),
        migrations.AddConstraint(
            model_name='holder',
            constraint=models.UniqueConstraint(fields=('digest',), name='holder_once'),
        ),
        migrations.AddConstraint(
            model_name='holder',
            constraint=models.UniqueConstraint(fields=('id', 'branch'), name='holder_of_branch'),
        ),
        migrations.AddField(
            model_name='user',
            name='holder',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='accounts.holder', verbose_name='使用人'),
        ),
        migrations.AddField(
            model_name='limitedact',
            name='user',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人'),
        ),
        migrations.AddIndex(
            model_name='onetimecode',
            index=models.Index(fields=['mobile', 'at'], name='one_time_code_of_mobile'),
        ),
        migrations.AddIndex(
            model_name='onetimecode',
            index=models.Index(fields=['about', 'at'], name='one_time_code_about'),
        ),
        migrations.AddIndex(
            model_name='onetimecode',
            index=models.Index(fields=['at'], name='one_time_code_oldest'),
        ),
        migrations.AddField(
            model_name='opensession',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_sessions', to=settings.AUTH_USER_MODEL, verbose_name='账号'),
        ),
        migrations.AddField(
            model_name='passkey',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to=settings.AUTH_USER_MODEL, verbose_name='账号'),
        ),
        migrations.AddField(
            model_name='passwordused',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passwords', to=settings.AUTH_USER_MODEL, verbose_name='账号'),
        ),
        migrations.AddField(
            model_name='recoverycode',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL, verbose_name='账号'),
        ),
        migrations.AddIndex(
            model_name='signinfailure',
            index=models.Index(fields=['account', 'at'], name='failure_of_account'),
        ),
        migrations.AddIndex(
            model_name='signinfailure',
            index=models.Index(fields=['address', 'at'], name='failure_of_address'),
        ),
        migrations.AddIndex(
            model_name='signinfailure',
            index=models.Index(fields=['at'], name='failure_oldest'),
        ),
        migrations.AddIndex(
            model_name='accessentry',
            index=models.Index(fields=['-id', 'kind'], name='access_newest'),
        ),
        migrations.AddIndex(
            model_name='accessentry',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='access_by_day', pages_per_range=32),
        ),
        migrations.AddIndex(
            model_name='accessentry',
            index=models.Index(fields=['user', '-id'], name='access_of_user'),
        ),
        migrations.AddIndex(
            model_name='accessentry',
            index=models.Index(fields=['key', '-id'], name='access_of_subject'),
        ),
        migrations.AddIndex(
            model_name='accessentry',
            index=models.Index(fields=['address', '-id'], name='access_from_address'),
        ),
        migrations.AddIndex(
            model_name='accessentry',
            index=models.Index(condition=models.Q(('about__isnull', False)), fields=['about', '-id'], name='access_about_user'),
        ),
        migrations.AddConstraint(
            model_name='askedact',
            constraint=models.UniqueConstraint(condition=models.Q(('agreed__isnull', True)), fields=('account',), name='asked_act_open_once'),
        ),
        migrations.AddConstraint(
            model_name='askedact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed__isnull', True), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('agreed__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='asked_act_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='askedact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', models.F('asked_by')), _negated=True), models.Q(('decided_by', models.F('account')), _negated=True), models.Q(('asked_by', models.F('account')), _negated=True)), name='asked_act_by_two_others'),
        ),
        migrations.AddConstraint(
            model_name='askedact',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='asked_act_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['employer_operator', 'reviewer', 'bureau_supervisor', 'counter_clerk', 'inspector', 'system_administrator', 'business_administrator', 'security_officer', 'auditor'])), name='grant_role_known'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party__isnull', False), ('region_code', ''), ('role', 'employer_operator')), models.Q(models.Q(('role', 'employer_operator'), _negated=True), ('party__isnull', True)), _connector='OR'), name='grant_party_for_operator_only'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.UniqueConstraint(fields=('user', 'role', 'region_code', 'department', 'agency', 'party'), name='grant_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'frozen', 'cancelled'])), name='user_state_known'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(fields=('id', 'branch'), name='user_of_branch'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower(models.Func('username', function='normalize', template='%(function)s(%(expressions)s, NFKC)')), name='user_name_once'),
        ),
        migrations.AddIndex(
            model_name='limitedact',
            index=models.Index(fields=['act', 'user', 'at'], name='limited_act_of_user'),
        ),
        migrations.AddIndex(
            model_name='limitedact',
            index=models.Index(fields=['act', 'address', 'at'], name='limited_act_of_address'),
        ),
        migrations.AddIndex(
            model_name='limitedact',
            index=models.Index(fields=['at'], name='limited_act_oldest'),
        ),
        migrations.AddConstraint(
            model_name='passkey',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='passkey_name_once'),
        ),
        migrations.AddConstraint(
            model_name='recoverycode',
            constraint=models.UniqueConstraint(fields=('user', 'code'), name='recovery_code_once'),
        ),
    ]
