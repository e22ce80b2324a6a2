"""Who acts for an employer: claims that wait for a reviewer, and every change of its operators; and
what an employer is asked to file."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yonggong.accounts.models import User
from yonggong.registry.models import Employer, Evidence


class Claim(models.Model):
    """Somebody says to act for an employer that is registered already, by others or at a counter. Any
    number wait side by side until a reviewer decides on the licence; until then nothing of the employer
    exists for them.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待核对"
        CHOSEN = "chosen", "已认定"
        REFUSED = "refused", "未认定"
        WITHDRAWN = "withdrawn", "已撤回"
        # Not a claim of their own: they acted for the employer before another was chosen.
        REPLACED = "replaced", "不再经办"

    class Way(models.TextChoices):
        LICENCE = "licence", "营业执照由人社部门核对"
        CERTIFICATE = "certificate", "单位数字证书"
        FEED = "feed", "与登记信息和登记手机号核对一致"
        COLLEAGUE = "colleague", "主经办人同意"
        COUNTER = "counter", "窗口核对原件"

    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="claims", verbose_name="用人单位"
    )
    claimant = models.ForeignKey(User, models.PROTECT, related_name="claims", verbose_name="申请人")
    # As the claimant writes them, which need not be what is registered.
    name = models.CharField("单位名称", max_length=120)
    region_code = models.CharField("行政区划", max_length=6)
    licence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    # By what it was proven; a reviewer decides on the licence and on what a counter saw, whoever is in
    # charge lets a colleague in, the others tell by themselves.
    way = models.CharField("方式", max_length=12, choices=Way.choices, default=Way.LICENCE)
    claimed_at = models.DateTimeField("申请时间")
    address = models.GenericIPAddressField("来源地址", null=True)
    seen_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="窗口经办人"
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="核对人"
    )
    decided_at = models.DateTimeField("核对时间", null=True)
    reason = models.CharField("理由", max_length=200, blank=True, default="")
    # What they had typed and not submitted, for themselves to read.
    kept = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = "单位认领"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "claimant"],
                condition=Q(state="waiting"),
                name="claim_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"], decided_by__isnull=True)
                | (
                    Q(state__in=["chosen", "refused", "replaced"], decided_at__isnull=False)
                    & (
                        Q(decided_by__isnull=False)
                        | Q(state="chosen", way__in=["certificate", "feed"])
                        | Q(state="replaced")
                    )
                    & ~Q(reason="")
                ),
                name="claim_decided_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="chosen") | Q(licence__isnull=False) | ~Q(way="licence"),
                name="claim_chosen_has_licence",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("claimant")), name="claim_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(way="counter") | Q(seen_by__isnull=False),
                name="claim_counter_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("seen_by")), name="claim_decided_by_no_counter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id} {self.employer_id}"


class Charge(models.Model):
    """Who of an employer's operators is in charge (主经办人): asks others to join, removes them. As long
    as nobody was made so, or who was is no operator any more, the longest of them is."""

    employer = models.OneToOneField(
        Employer, models.CASCADE, primary_key=True, related_name="charge"
    )
    account = models.ForeignKey(User, models.PROTECT, related_name="+")
    since = models.DateTimeField("起始时间")

    class Meta:
        verbose_name = "主经办人"

    def __str__(self) -> str:
        return f"{self.account_id} {self.employer_id}"


class Invitation(models.Model):
    """Who is in charge asks an account to act for the employer too; it does once it says yes."""

    class State(models.TextChoices):
        WAITING = "waiting", "待接受"
        ACCEPTED = "accepted", "已接受"
        DECLINED = "declined", "已谢绝"
        WITHDRAWN = "withdrawn", "已撤回"

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="invitations")
    account = models.ForeignKey(
        User, models.PROTECT, related_name="invitations", verbose_name="受邀账号"
    )
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("邀请时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "经办人邀请"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "account"],
                condition=Q(state="waiting"),
                name="invitation_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None)
                | (~Q(state="waiting") & Q(answered_at__isnull=False)),
                name="invitation_answered_whole",
            ),
            models.CheckConstraint(condition=~Q(by=F("account")), name="invitation_of_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="invitation_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.employer_id}"


class OperatorChange(models.Model):
    """An operator of an employer appointed or removed, leaving, or put in charge, and why. Only ever
    added."""

    class Act(models.TextChoices):
        APPOINT = "appoint", "指定"
        REMOVE = "remove", "撤销"
        LEAVE = "leave", "退出"
        CHARGE = "charge", "主经办改为"

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    account = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    act = models.CharField("事项", max_length=8, choices=Act.choices)
    reason = models.CharField("理由", max_length=200)
    # None where an employer registered itself.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField("时间")
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "经办人变更"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="operator_change_says_why"),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(by=F("account")) | Q(act__in=["leave", "charge"]),
                name="operator_change_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.account_id} {self.employer_id}"


class AskedFiling(models.Model):
    """An employer is asked to file a change or its cancellation, because its registration says
    something else than what it has filed (NMG-4, NMG-6). Settled once the two agree again, by whichever
    of them has changed.
    """

    class Act(models.TextChoices):
        CHANGE = "change", "变更备案"
        CANCEL = "cancel", "注销备案"

    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="asked", verbose_name="用人单位"
    )
    act = models.CharField("应办事项", max_length=8, choices=Act.choices)
    # Of a change the names of the columns that differ.
    differs = models.JSONField("不一致的项目", default=list)
    since = models.DateField("登记变动日期")
    due_on = models.DateField("应当办理之日")
    asked_at = models.DateTimeField("通知时间")
    settled_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "应办备案"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "act"],
                condition=Q(settled_at__isnull=True),
                name="asked_filing_once",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="asked_filing_at"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.employer_id}"
