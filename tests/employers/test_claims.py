"""Who acts for an employer that is registered already is decided on the licence, by a reviewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.employers.claiming import claimed, with_licence
from tests.files import PDF, PNG
from yonggong import policy
from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.drafting import save_draft
from yonggong.cases.models import Case
from yonggong.employers import claims, drafts
from yonggong.employers.claims import ClaimProblem
from yonggong.employers.models import Claim, OperatorChange
from yonggong.registry import authority
from yonggong.registry.models import Employer
from yonggong.registry.parties import Authority
from yonggong.registry.people import content_of, keep_evidence
from yonggong.registry.queries import employers_visible_to
from yonggong.reminders.models import Message
from yonggong.uploads import UploadRefused

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def choose(claim: Claim, by: User, *, keep_others: bool = False, reason: str = "执照一致") -> Claim:
    return claims.choose(
        claim=claim, keep_others=keep_others, reason=reason, by=by, now=timezone.now(),
        address="10.0.0.2",
    )  # fmt: skip


def acts_for(user: User, employer: Employer) -> bool:
    return employer.pk in User.objects.get(pk=user.pk).scope.employers()


def told(user: User) -> list[str]:
    return [f"{m.title} {m.body}" for m in Message.objects.filter(user=user).order_by("pk")]


class TestWaiting:
    def test_claims_wait_side_by_side_and_reach_nothing(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        employer, first = squatted
        accounts = [make_account("second"), make_account("third")]
        made = [with_licence(employer, account) for account in accounts]
        assert list(claims.waiting_for(reviewer)) == made
        assert acts_for(first, employer)
        for account in accounts:
            assert not employers_visible_to(account).exists()
            assert not case_queries.visible_to(account).exists()

    def test_it_reaches_the_reviewer_with_its_licence(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        claim = claimed(squatted[0], make_account("second"))
        assert not claims.waiting_for(reviewer).exists()
        with pytest.raises(UploadRefused):
            claims.take_licence(claim=claim, file_name="x", content=b"MZ", by=claim.claimant)
        claims.take_licence(claim=claim, file_name="x.pdf", content=PDF, by=claim.claimant)
        assert claims.waiting_for(reviewer).get() == claim

    def test_one_waits_once_and_who_acts_for_it_needs_none(
        self, squatted: Any, make_account: Make
    ) -> None:
        employer, first = squatted
        second = make_account("second")
        claimed(employer, second)
        with pytest.raises(ClaimProblem, match="正在等待核对"):
            claimed(employer, second)
        with pytest.raises(ClaimProblem, match="已是该单位的经办人"):
            claimed(employer, first)

    def test_what_is_withdrawn_may_be_claimed_again(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        second = make_account("second")
        claim = claims.withdraw(claim=with_licence(squatted[0], second), by=second)
        assert claim.state == "withdrawn" and not claims.visible_to(reviewer).exists()
        claimed(squatted[0], second)
        with pytest.raises(ClaimProblem):
            claims.take_licence(claim=claim, file_name="x", content=PNG, by=second)

    def test_anothers_claim_is_not_ones_own(self, squatted: Any, make_account: Make) -> None:
        claim = claimed(squatted[0], make_account("second"))
        with pytest.raises(Claim.DoesNotExist):
            claims.withdraw(claim=claim, by=make_account("third"))

    def test_reviewers_see_those_of_their_regions(
        self, squatted: Any, make_account: Make, make_user: Make, employer: Employer
    ) -> None:
        """Nothing approved: also where a claimant says it is. Once filed: where it is alone."""
        far = make_user("reviewer", region_code="150302")
        said = {"region_code": "150302"}
        with_licence(squatted[0], make_account("second"), **said)
        with_licence(employer, make_account("third"), **said)
        assert [claim.employer for claim in claims.visible_to(far)] == [squatted[0]]
        assert not claims.visible_to(make_user("bureau_supervisor", region_code="220104")).exists()


class TestDeciding:
    def test_the_chosen_one_acts_and_everybody_else_is_told_why(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        employer, first = squatted
        second, third = make_account("second"), make_account("third")
        chosen = with_licence(employer, second, name="长春真名贸易有限公司", region_code="220102")
        other = with_licence(employer, third)
        choose(chosen, reviewer, reason="执照与公示系统一致")
        assert acts_for(second, employer)
        assert not acts_for(first, employer) and not acts_for(third, employer)
        employer.refresh_from_db()
        assert (employer.name, employer.region_code) == ("长春真名贸易有限公司", "220102")
        other.refresh_from_db()
        assert (other.state, other.reason) == (
            "refused",
            "已认定由其他账号经办，核对情况：执照与公示系统一致",
        )
        for account in (first, second, third):
            (message,) = told(account)
            assert "执照与公示系统一致" in message
        assert "不再是" in told(first)[0] and "未认定" in told(third)[0]
        changes = OperatorChange.objects.filter(employer=employer).order_by("pk")
        assert [(change.act, change.account, change.by) for change in changes] == [
            ("remove", first, reviewer),
            ("appoint", second, reviewer),
        ]

    def test_the_present_operators_stay_where_the_reviewer_says_so(
        self, employer: Employer, operator: User, make_account: Make, reviewer: User
    ) -> None:
        second = make_account("second")
        choose(with_licence(employer, second, name="别名"), reviewer, keep_others=True)
        assert acts_for(operator, employer) and acts_for(second, employer)
        (message,) = told(operator)
        assert "有账号申请经办" in message, "of the claim, and of nothing that they lost"
        employer.refresh_from_db()
        assert employer.name != "别名", "what was approved changes by a filing"

    def test_one_entered_at_the_counter_is_claimed(
        self, make_employer: Make, make_account: Make, reviewer: User
    ) -> None:
        entered = make_employer(state="unfiled", filed_on=None)
        second = make_account("second")
        choose(with_licence(entered, second), reviewer)
        assert acts_for(second, entered)

    def test_refused_the_others_wait_on(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        employer, first = squatted
        claim = with_licence(employer, make_account("second"))
        other = with_licence(employer, make_account("third"))
        claims.refuse(claim=claim, reason="执照过期", by=reviewer, now=timezone.now())
        assert list(claims.waiting_for(reviewer)) == [other]
        assert acts_for(first, employer) and "执照过期" in told(claim.claimant)[0]

    @pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
    def test_a_decision_says_why(
        self, squatted: Any, make_account: Make, reviewer: User, reason: str
    ) -> None:
        claim = with_licence(squatted[0], make_account("second"))
        with pytest.raises(ClaimProblem, match="理由"):
            choose(claim, reviewer, reason=reason)
        with pytest.raises(ClaimProblem, match="理由"):
            claims.refuse(claim=claim, reason=reason, by=reviewer, now=timezone.now())

    def test_what_is_decided_is_not_decided_again(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        claim = with_licence(squatted[0], make_account("second"))
        other = with_licence(squatted[0], make_account("third"))
        choose(claim, reviewer)
        for late in (claim, other):
            with pytest.raises(ClaimProblem, match="已经办理"):
                choose(late, reviewer)

    def test_out_of_scope_there_is_no_claim(
        self, employer: Employer, make_account: Make, make_user: Make
    ) -> None:
        claim = with_licence(employer, make_account("second"))
        for by in (
            make_user("reviewer", region_code="150302"),
            make_user("bureau_supervisor", region_code="220104"),
            make_user("business_administrator", region_code="220000"),
        ):
            with pytest.raises(Claim.DoesNotExist):
                choose(claim, by)

    def test_nobody_decides_what_concerns_them(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        claim = with_licence(squatted[0], make_account("second"))
        Grant.objects.create(user=reviewer, role="employer_operator", party=squatted[0].party)
        with pytest.raises(ClaimProblem, match="与您本人有关"):
            choose(claim, User.objects.get(pk=reviewer.pk))

    def test_the_database_keeps_it_so(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        claim = claimed(squatted[0], make_account("second"))
        for wrong in (
            {
                "state": "chosen",
                "decided_by": reviewer,
                "decided_at": timezone.now(),
                "reason": "x",
            },
            {"state": "refused"},
            {"state": "waiting", "decided_by": reviewer},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Claim.objects.filter(pk=claim.pk).update(**wrong)


class TestWhatTheOthersHadBegun:
    def _typed(self, employer: Employer, by: User) -> Case:
        case = drafts.begin(employer=employer, by=by, now=timezone.now())
        return save_draft(
            kind=case.definition, applicant=employer.party, case=case, subject=None, by=by,
            raw={"legal_representative": "试景行", "operator_mobile": "13900001111",
                 "contact_mobile": "139", "address": "学林路 1 号"},
            now=timezone.now(),
        )  # fmt: skip

    def test_a_draft_is_kept_for_who_typed_it_and_for_nobody_else(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        employer, first = squatted
        case = self._typed(employer, first)
        materials.upload(
            case=case, name="licence", file_name="x.png", content=PNG, by=first,
            now=timezone.now(), address=None,
        )  # fmt: skip
        second = make_account("second")
        choose(with_licence(employer, second), reviewer)
        kept = claims.own(first).get()
        assert kept.state == "replaced" and kept.kept is not None
        text = content_of(kept.kept).decode()
        # What cannot be understood is kept as it was typed.
        for said in ("试景行", "13900001111", "139\n", "学林路 1 号"):
            assert said in text
        assert "保存在“单位认领”" in told(first)[0]
        assert not Case.objects.filter(applicant=employer.pk).exists()
        second = User.objects.get(pk=second.pk)
        fresh = drafts.begin(employer=employer, by=second, now=timezone.now())
        assert "legal_representative" not in fresh.draft.data

    def test_nothing_typed_nothing_kept(
        self, squatted: Any, make_account: Make, reviewer: User
    ) -> None:
        choose(with_licence(squatted[0], make_account("second")), reviewer)
        assert claims.own(squatted[1]).get().kept is None

    def test_what_is_not_submitted_ends_where_the_province_hands_nothing_over(
        self,
        employer: Employer,
        operator: User,
        make_account: Make,
        reviewer: User,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(policy.Policy, "hands_drafts_over", False)
        self._typed(employer, operator)
        choose(with_licence(employer, make_account("second")), reviewer)
        assert not Case.objects.exists()
        kept = Claim.objects.get(claimant=operator, state="replaced").kept
        assert kept is not None and content_of(kept).decode()

    def test_what_was_filed_and_approved_stays_the_employers(
        self, employer: Employer, operator: User, make_account: Make, reviewer: User
    ) -> None:
        case = self._typed(employer, operator)
        second = make_account("second")
        choose(with_licence(employer, second), reviewer)
        second = User.objects.get(pk=second.pk)
        assert case_queries.get_case(second, case.pk) == case

    def test_what_was_submitted_elsewhere_is_decided_on_there(
        self, squatted: Any, make_account: Make, reviewer: User, make_user: Make, agency: Any
    ) -> None:
        employer, first = squatted
        case = self._typed(employer, first)
        Case.objects.filter(pk=case.pk).update(
            state="pending", region_code="220204", filed_at=timezone.now(), agency=agency,
            acting_agency=agency,
        )  # fmt: skip
        claim = with_licence(employer, make_account("second"))
        with pytest.raises(ClaimProblem, match="已在其他辖区提交"):
            choose(claim, reviewer)
        assert acts_for(first, employer)
        there = make_user("reviewer", region_code="220204")
        Claim.objects.filter(pk=claim.pk).update(region_code="220204")
        assert choose(claim, there).state == "chosen"
        case.refresh_from_db()
        assert case.state == "voided"

    def test_whom_they_gave_authority_acts_no_more(
        self, squatted: Any, make_account: Make, make_user: Make, make_employer: Make,
        reviewer: User,
    ) -> None:  # fmt: skip
        employer, first = squatted
        agent = make_employer()
        theirs = make_user("employer_operator", employer=agent)
        authority.give_authority(
            agent=agent.party, principal=employer.party, until=None,
            evidence=keep_evidence(file_name="x", content_type="image/png", content=PNG),
            by=first, now=timezone.now(),
        )  # fmt: skip
        assert acts_for(theirs, employer)
        choose(with_licence(employer, make_account("second")), reviewer)
        assert not acts_for(theirs, employer)
        ended = Authority.objects.get()
        assert ended.ended_by == reviewer
        told = AccessEntry.objects.filter(subject=f"委托代理 {ended.pk}", user=reviewer)
        assert f"终止{employer.name}对{agent.name}的委托" in told.get().detail
