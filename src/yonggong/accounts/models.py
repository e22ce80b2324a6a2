"""Users, their grants, and the log of looks at personal data, exports and sign-ins."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from yonggong.accounts.holder_models import Holder
from yonggong.accounts.networks import is_served
from yonggong.accounts.roles import ROLES, Branch, Power, branch_choices
from yonggong.accounts.scope import Scope, reach
from yonggong.accounts.sign_in_models import Authenticator as Authenticator
from yonggong.accounts.sign_in_models import OneTimeCode as OneTimeCode
from yonggong.accounts.sign_in_models import OpenSession as OpenSession
from yonggong.accounts.sign_in_models import Passkey as Passkey
from yonggong.accounts.sign_in_models import RecoveryCode as RecoveryCode
from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.catalogue.offices import departments
from yonggong.codes import regions
from yonggong.vault import open_sealed, seal
from yonggong.vault.digests import DIGEST_BYTES


def _one_form(name: str | Value) -> Lower:
    return Lower(Func(name, function="normalize", template="%(function)s(%(expressions)s, NFKC)"))


def folded(username: str) -> str:
    """A sign-in name in the one form in which it is compared."""
    return unicodedata.normalize("NFKC", username).lower()


class UserManager(BaseUserManager["User"]):
    def named(self, username: str) -> models.QuerySet[User]:
        """The account of that name, in whatever case, width and form it is typed."""
        return self.alias(one_form=_one_form("username")).filter(
            one_form=_one_form(Value(username, output_field=models.CharField()))
        )


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do is in their grants, nowhere else."""

    class State(models.TextChoices):
        ACTIVE = "active", "正常"
        FROZEN = "frozen", "冻结"
        CANCELLED = "cancelled", "注销"

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=50)
    mobile_sealed = models.CharField("手机号（加密）", max_length=120, blank=True, default="")
    email = models.EmailField("电子邮箱", blank=True, default="")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ACTIVE)
    # Whose account it is to administer, before and beside what its grants reach.
    region_code = models.CharField("所属区划", max_length=6, blank=True, default="")
    must_change_password = models.BooleanField("须修改初始密码", default=False)
    # When from somewhere its password was tried too often; others, and known browsers, may go on.
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    # Who they are themselves, once that is known: what concerns them they do not decide.
    person = models.ForeignKey(
        "registry.Party", models.PROTECT, null=True, blank=True, verbose_name="本人"
    )

    # The person it was issued to, known by the number of their document; None while it is not known.
    holder = models.ForeignKey(
        Holder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="使用人",
    )
    # Of its grants, which all are of one; None without any. The database holds grants, account and
    # holder to the same (migration 0014).
    branch = models.CharField(
        "账号类别", max_length=8, choices=branch_choices(), null=True, blank=True
    )

    # A part of what sessions are compared with: counted up, they are over for good.
    session_epoch = models.IntegerField("会话批次", default=0, db_default=0)

    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        verbose_name = "账号"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["active", "frozen", "cancelled"]), name="user_state_known"
            ),
            models.UniqueConstraint(fields=["id", "branch"], name="user_of_branch"),
            # `Danwei`, `danwei` and `ｄanwei` are one name.
            models.UniqueConstraint(_one_form("username"), name="user_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == self.State.ACTIVE

    @cached_property
    def scope(self) -> Scope:
        """Everything this person's grants reach; read once a request."""
        granted = Scope(
            user=self.pk,
            person=self.person_id,
            grants=tuple(
                reach(
                    grant.role,
                    region=grant.region_code,
                    agency=grant.agency_id,
                    party=grant.party_id,
                    department=grant.department,
                )
                for grant in self.grants.all()
            ),
        )
        agents = granted.parties(Power.FILE)
        return granted.as_agent(_principals(agents)) if agents else granted

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        salt = "yonggong.accounts.User.session"
        about = f"{self.session_epoch} {self.password}"
        return salted_hmac(salt, about, secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """Whoever is signed in with the account is not, also once it is active again. Unsaved, but
        for the list of its sessions."""
        self.session_epoch += 1
        self.open_sessions.all().delete()

    def may(self, power: Power) -> bool:
        """Whether any grant carries `power`; where it holds is the scope's matter."""
        return self.scope.has(power)

    @property
    def portal(self) -> str:
        """The portal this person works in, by the first of their grants that is served on this
        network; without any that of persons, where it is known who they are; else ""."""
        own = "person" if self.person_id and is_served("person") else ""
        held = (grant.role.portal for grant in self.scope.granted)
        return next(filter(is_served, held), own)

    @property
    def is_of_another_network(self) -> bool:
        """Whether they have something to do on the platform, but nothing on this network."""
        return not self.portal and bool(self.person_id or self.scope.granted)

    @property
    def mobile(self) -> str:
        """The mobile number, opened; "" without one."""
        return open_sealed(self.mobile_sealed, self._mobile_owner)

    def keep_mobile(self, mobile: str) -> None:
        """Seal the mobile number for this account, which has its name. Unsaved."""
        self.mobile_sealed = seal(mobile, self._mobile_owner)

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.mobile_sealed, self._mobile_owner

    @property
    def _mobile_owner(self) -> str:
        """To whom the number belongs: the name, which stays and is known before the key."""
        return f"accounts_user/{self.username}/mobile"

    @property
    def role_titles(self) -> str:
        return "、".join(dict.fromkeys(ROLES[grant.role].title for grant in self.grants.all()))


def _principals(agents: Iterable[int]) -> list[tuple[int, str]]:
    """Who lets any of these parties act for them today, with the kind of party they are."""
    authority: Any = apps.get_model("registry", "Authority")
    holds = authority.in_state(authority.State.HOLDS, timezone.localdate())
    given = authority.objects.filter(holds, agent__in=agents)
    return list(given.values_list("principal", "principal__kind").order_by("principal"))


class PasswordUsed(models.Model):
    """A password that an account had, hashed: none of the last five may be taken again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passwords", verbose_name="账号")
    hashed = models.CharField("密码（散列）", max_length=128)
    at = models.DateTimeField("设置时间", auto_now_add=True)

    class Meta:
        verbose_name = "用过的密码"

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"


class SignInFailure(models.Model):
    """A sign-in that failed, kept for a day to tell how often: see `limits`. The name is kept as a
    digest, for it may be a mistyped password."""

    account = models.BinaryField("账号（摘要）", max_length=DIGEST_BYTES)
    address = models.GenericIPAddressField("来源地址", null=True)
    browser = models.CharField("已知浏览器", max_length=32, blank=True, default="")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "登录失败"
        indexes = [
            models.Index(fields=["account", "at"], name="failure_of_account"),
            models.Index(fields=["address", "at"], name="failure_of_address"),
            models.Index(fields=["at"], name="failure_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at}"


class LimitedAct(models.Model):
    """An act of which an account, and an address, may do only so many in a time: see `limits`. Kept
    for a day."""

    act = models.CharField("事项", max_length=20)
    user = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="+", db_index=False, verbose_name="操作人"
    )
    address = models.GenericIPAddressField("来源地址", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "限次操作"
        indexes = [
            models.Index(fields=["act", "user", "at"], name="limited_act_of_user"),
            models.Index(fields=["act", "address", "at"], name="limited_act_of_address"),
            models.Index(fields=["at"], name="limited_act_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.address} {self.at}"


class Grant(models.Model):
    """A role given to a user, and where it holds: a region, an agency, or one party for which they
    act."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name="账号")
    role = models.CharField(
        "角色", max_length=30, choices=[(role.key, role.title) for role in ROLES.values()]
    )
    region_code = models.CharField("管辖区划", max_length=6, blank=True, default="")
    # Whose matters it reaches in the region; at an agency that agency's.
    department = models.CharField(
        "部门", max_length=8, choices=departments, default=HUMAN_RESOURCES
    )
    branch = models.GeneratedField(
        verbose_name="账号类别",
        expression=models.Case(
            *(
                models.When(role=key, then=Value(role.branch.value))
                for key, role in ROLES.items()
                if role.branch is not Branch.BUSINESS
            ),
            default=Value(Branch.BUSINESS.value),
        ),
        output_field=models.CharField(max_length=8),
        db_persist=True,
    )
    agency = models.ForeignKey(
        "registry.Agency", models.PROTECT, null=True, blank=True, verbose_name="机构"
    )
    party = models.ForeignKey(
        "registry.Party",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name="当事人",
    )
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="授权人"
    )
    granted_at = models.DateTimeField("授权时间", auto_now_add=True)

    class Meta:
        verbose_name = "授权"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="grant_role_known"),
            # An employer's operator reaches that party and nothing else; all others none.
            models.CheckConstraint(
                condition=Q(role="employer_operator", party__isnull=False, region_code="")
                | (~Q(role="employer_operator") & Q(party__isnull=True)),
                name="grant_party_for_operator_only",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region_code", "department", "agency", "party"],
                nulls_distinct=False,
                name="grant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the department that of the agency, and the account's branch that of its first role:
        one of another is refused by the database."""
        if self.agency is not None:
            self.department = self.agency.department
        branch = ROLES[self.role].branch
        Holder.objects.filter(accounts=self.user_id, branch=None).update(branch=branch)
        User.objects.filter(pk=self.user_id, branch=None).update(branch=branch)
        super().save(*args, **kwargs)

    @property
    def where(self) -> str:
        """The party, agency or region in which the role holds."""
        if self.party is not None:
            return self.party.name
        if self.agency is not None:
            return self.agency.name
        return regions.full_name(self.region_code) if self.region_code else ""


class AskedAct(models.Model):
    """An act on the account of an administrator or auditor, which needs a second power (SX-5):
    asked for by a system administrator, agreed to by somebody who is none."""

    class Act(models.TextChoices):
        FREEZE = "freeze", "冻结账号"
        UNFREEZE = "unfreeze", "解冻账号"
        CANCEL = "cancel", "注销账号"
        UNLOCK = "unlock", "解除登录锁定"
        RESET = "reset", "重置密码"
        FACTORS = "factors", "重置二次验证"

    account = models.ForeignKey(User, models.PROTECT, related_name="asked", verbose_name="账号")
    act = models.CharField("事项", max_length=10, choices=Act.choices)
    reason = models.CharField("原因", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    decided_at = models.DateTimeField("办理时间", null=True)
    agreed = models.BooleanField("同意", null=True)

    class Meta:
        verbose_name = "账号事项申请"
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(agreed__isnull=True), name="asked_act_open_once"
            ),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | Q(agreed__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="asked_act_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by"))
                & ~Q(decided_by=F("account"))
                & ~Q(asked_by=F("account")),
                name="asked_act_by_two_others",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="asked_act_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.account_id}"


class AccessEntry(models.Model):
    """One line of the access log. Only ever added: the application's role may not change it."""

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", "登录"
        SIGN_IN_FAILED = "sign_in_failed", "登录失败"
        SIGN_OUT = "sign_out", "退出"
        PERSONAL = "personal", "查看个人信息"
        EXPORT = "export", "导出"
        DOWNLOAD = "download", "下载材料"
        ACCOUNT = "account", "账号与权限变更"
        SOURCES = "sources", "核对政策数据"
        ITEMS = "items", "事项维护"
        BROKEN = "broken", "数据校验不符"
        CODES = "codes", "查询单位登记"
        PEOPLE = "people", "查询人员登记"
        KEYS = "keys", "更换密钥"
        RETENTION = "retention", "清理到期数据"
        UNUSUAL = "unusual", "异常查看"

    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="操作人")
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    subject = models.CharField("对象", max_length=200)
    # Subjects are a word and, after a space, what is told apart by it: a case's number, a name.
    key = models.GeneratedField(
        verbose_name="对象编号",
        expression=Func(F("subject"), Value(" "), Value(2), function="split_part"),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )
    about = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="所涉账号"
    )
    detail = models.CharField("说明", max_length=500, blank=True, default="")
    # Why somebody looked, where they were asked: one of the policy's list.
    purpose = models.CharField("目的", max_length=20, blank=True, default="", db_default="")
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "访问日志"
        indexes = [
            models.Index(fields=["-id", "kind"], name="access_newest"),
            # Lines stand in the order of their time, so that a day is found with next to no index.
            BrinIndex(fields=["at"], name="access_by_day", pages_per_range=32),
            models.Index(fields=["user", "-id"], name="access_of_user"),
            models.Index(fields=["key", "-id"], name="access_of_subject"),
            models.Index(fields=["address", "-id"], name="access_from_address"),
            models.Index(
                fields=["about", "-id"], condition=Q(about__isnull=False), name="access_about_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
