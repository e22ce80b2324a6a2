# ruff: noqa: E501 -- one case a line, so that the tables read against the law
# fmt: off
"""Cases of the rules on endings and on the workforce, on both sides of each boundary."""

from dataclasses import replace

from yonggong.law import ContractFacts, PriorTerm

from .cases import Case, day, yuan

END = day("2026-10-31")
MAN_1966 = ContractFacts(birth_on=day("1966-03-15"), sex="male")  # 60 years 4 months: 2026-07-15
FIXED = ContractFacts(
    term_type="fixed", start_on=day("2024-11-01"), end_on=END, employment_form="full_time"
)
PROBATION = ContractFacts(term_type="fixed", start_on=day("2026-01-01"), probation_months=2)
YEARS = {
    "ended_on": END,
    "service_start_on": day("2020-11-01"),  # six years to the day
    "average_pay": yuan("6000.00"),
}


def second_term(**changes: object) -> ContractFacts:
    return ContractFacts(
        term_type="fixed",
        start_on=day("2024-11-01"),
        end_on=END,
        prior_terms=(PriorTerm(day("2022-11-01"), day("2024-10-31"), "fixed"),),
        **changes,
    )


GROUNDS = [
    Case("ending-ground", "REG13", "an agreed ground", {"ground": "末位淘汰"}, True),
    Case("ending-ground", "LCL44", "a ground of the table", {"ground": "4401"}, False),
    Case("ending-dates", "LCL50", "before the contract", {"ended_on": day("2024-10-31"), "contract": FIXED}, True),
    Case("ending-dates", "LCL50", "on its first day", {"ended_on": day("2024-11-01"), "contract": FIXED}, False),
    Case("ending-dates", "LCL50", "notice after the end", {"ended_on": END, "notice_on": day("2026-11-01")}, True),
    Case("expiry-open-ended", "LCL44(1)", "expiry of an open-ended contract", {"ground": "4401", "contract": ContractFacts(term_type="open")}, True),
    Case("expiry-open-ended", "LCL44(1)", "expiry of a fixed term", {"ground": "4401", "contract": FIXED}, False),
    Case("expiry-open-ended", "LCL15", "task done on a fixed term", {"ground": "4404", "contract": FIXED}, True),
    Case("expiry-open-ended", "LCL15", "task done", {"ground": "4404", "contract": ContractFacts(term_type="task")}, False),
    Case("expiry-date", "LCL44(1)", "on the last day", {"ground": "4401", "ended_on": END, "contract": FIXED}, False),
    Case("expiry-date", "LCL44(1)", "a day early", {"ground": "4401", "ended_on": day("2026-10-30"), "contract": FIXED}, True),
    Case("expiry-date", "LCL44(1)", "a day late", {"ground": "4403", "ended_on": day("2026-11-01"), "contract": FIXED}, True),
    Case("expiry-date", "LCL45", "prolonged by law to that day", {"ground": "4401", "ended_on": day("2027-03-31"), "contract": FIXED, "extension": "law", "extended_until": day("2027-03-31")}, False),
    Case("expiry-date", "LCL45", "prolonged by law to the day before", {"ground": "4401", "ended_on": day("2027-03-31"), "contract": FIXED, "extension": "law", "extended_until": day("2027-03-30")}, True),
    Case("probation-dismissal", "LCL39(1)", "the last day of probation", {"ground": "3901", "ended_on": day("2026-02-28"), "contract": PROBATION}, False),
    Case("probation-dismissal", "LCL39(1)", "the day after", {"ground": "3901", "ended_on": day("2026-03-01"), "contract": PROBATION}, True),
    Case("probation-dismissal", "LCL39(1)", "no probation agreed", {"ground": "3901", "ended_on": END, "contract": ContractFacts(probation_months=0)}, True),
    Case("probation-no-dismissal", "LCL21", "40 (3) in probation", {"ground": "4003", "ended_on": day("2026-02-28"), "contract": PROBATION}, True),
    Case("probation-no-dismissal", "LCL21", "40 (3) after it", {"ground": "4003", "ended_on": day("2026-03-01"), "contract": PROBATION}, False),
    Case("probation-no-dismissal", "LCL21", "40 (2) is allowed", {"ground": "4002", "ended_on": day("2026-02-28"), "contract": PROBATION}, False),
    Case("worker-notice", "LCL37", "30 days", {"ground": "3701", "notice_on": day("2026-10-01"), "ended_on": END}, False),
    Case("worker-notice", "LCL37", "29 days", {"ground": "3701", "notice_on": day("2026-10-02"), "ended_on": END}, True),
    Case("worker-notice", "LCL37", "3 days in probation", {"ground": "3702", "notice_on": day("2026-02-20"), "ended_on": day("2026-02-23"), "contract": PROBATION}, False),
    Case("worker-notice", "LCL37", "2 days in probation", {"ground": "3702", "notice_on": day("2026-02-21"), "ended_on": day("2026-02-23"), "contract": PROBATION}, True),
    Case("worker-notice", "LCL37", "3 days after probation", {"ground": "3702", "notice_on": day("2026-03-02"), "ended_on": day("2026-03-05"), "contract": PROBATION}, True),
    Case("employer-notice", "LCL40", "30 days", {"ground": "4002", "notice_on": day("2026-10-01"), "ended_on": END}, False),
    Case("employer-notice", "LCL40", "29 days, no pay", {"ground": "4002", "notice_on": day("2026-10-02"), "ended_on": END}, True),
    Case("employer-notice", "LCL40", "no notice, a month's pay", {"ground": "4002", "notice_on": END, "ended_on": END, "notice_pay": yuan("6000"), "last_month_pay": yuan("6000")}, False),
    Case("employer-notice", "REG20", "less than last month's pay", {"ground": "4002", "notice_on": END, "ended_on": END, "notice_pay": yuan("5999.99"), "last_month_pay": yuan("6000")}, True),
    Case("employer-notice", "LCL39", "no notice owed", {"ground": "3902", "notice_on": END, "ended_on": END}, False),
    Case("dismissal-precondition", "LCL40(1)", "no other work offered", {"ground": "4001", "other_work_offered": False}, True),
    Case("dismissal-precondition", "LCL40(1)", "other work offered", {"ground": "4001", "other_work_offered": True}, False),
    Case("dismissal-precondition", "LCL40(2)", "neither trained nor moved", {"ground": "4002", "trained_or_transferred": False}, True),
    Case("dismissal-precondition", "LCL40(2)", "trained", {"ground": "4002", "trained_or_transferred": True}, False),
    Case("dismissal-precondition", "LCL40(3)", "not negotiated", {"ground": "4003", "change_negotiated": False}, True),
    Case("dismissal-precondition", "LCL40(3)", "negotiated", {"ground": "4003", "change_negotiated": True}, False),
    Case("layoff-procedure", "LCL41(1)", "not reported", {"ground": "4102", "layoff_reported": False}, True),
    Case("layoff-procedure", "LCL41(1)", "explained 30 days before", {"ground": "4102", "layoff_reported": True, "layoff_explained_on": day("2026-10-01"), "ended_on": END}, False),
    Case("layoff-procedure", "LCL41(1)", "explained 29 days before", {"ground": "4102", "layoff_reported": True, "layoff_explained_on": day("2026-10-02"), "ended_on": END}, True),
    Case("union-notice", "LCL43", "39 without notice", {"ground": "3902", "union_notified": False}, True),
    Case("union-notice", "LCL43", "39 with notice", {"ground": "3902", "union_notified": True}, False),
    Case("union-notice", "JI47", "no union yet", {"ground": "3902", "union_notified": False, "no_union": True}, False),
    Case("union-notice", "LCL36", "by agreement", {"ground": "3601", "union_notified": False}, False),
    Case("no-contract-ending", "REG5", "within a month", {"ground": "5001", "service_start_on": day("2026-09-30"), "ended_on": day("2026-10-30")}, False),
    Case("no-contract-ending", "REG6(1)", "past a month", {"ground": "5001", "service_start_on": day("2026-09-30"), "ended_on": day("2026-10-31")}, True),
    Case("no-contract-ending", "REG6(1)", "ground 5002, a day short of a year", {"ground": "5002", "service_start_on": day("2025-11-01"), "ended_on": END}, False),
    Case("no-contract-ending", "REG7", "ground 5002, a year to the day", {"ground": "5002", "service_start_on": day("2025-10-31"), "ended_on": END}, True),
    Case("no-contract-ending", "REG6(1)", "ground 5002, a month to the day", {"ground": "5002", "service_start_on": day("2026-09-30"), "ended_on": day("2026-10-30")}, False),
    Case("no-contract-ending", "REG5", "ground 5002, a day short of a month", {"ground": "5002", "service_start_on": day("2026-09-30"), "ended_on": day("2026-10-29")}, True),
    Case("medical-period", "MP3(1)", "three months, the last day", {"ground": "4001", "sick_leave_on": day("2026-08-01"), "service_start_on": day("2022-01-01"), "ended_on": day("2026-10-31")}, True),
    Case("medical-period", "MP3(1)", "three months over", {"ground": "4001", "sick_leave_on": day("2026-07-31"), "service_start_on": day("2022-01-01"), "ended_on": day("2026-10-31")}, False),
    Case("medical-period", "MP3(2)", "ten years elsewhere: six months", {"ground": "4001", "sick_leave_on": day("2026-07-31"), "service_start_on": day("2022-01-01"), "ended_on": day("2026-10-31"), "total_work_months": 120}, True),
    Case("medical-period", "LCL40", "another ground", {"ground": "4002", "sick_leave_on": day("2026-08-01"), "service_start_on": day("2022-01-01"), "ended_on": day("2026-10-31")}, False),
    Case("part-time-ground", "LCL71", "a full-time contract", {"ground": "7101", "contract": FIXED}, True),
    Case("part-time-ground", "LCL71", "a part-time one", {"ground": "7101", "contract": ContractFacts(employment_form="part_time")}, False),
    Case("ending-certificate", "LCL50(1)", "the same day", {"ended_on": END, "certificate_on": END}, False),
    Case("ending-certificate", "LCL50(1)", "a day late", {"ended_on": END, "certificate_on": day("2026-11-01")}, True),
]

# Born 1971-05-01, a man of the schedule: 61 years 8 months (20 delays) → 2033-01-01.
NEAR = ContractFacts(birth_on=day("1971-05-01"), sex="male")
PROTECTION = [
    Case("protected-dismissal", "LCL42(1)", "no check before leaving", {"ground": "4003", "occupational_check_missing": True}, True),
    Case("protected-dismissal", "LCL42(1)", "suspected disease", {"ground": "41", "suspected_occupational_disease": True}, True),
    Case("protected-dismissal", "LCL42(2)", "injury", {"ground": "4002", "occupational_injury": True}, True),
    Case("protected-dismissal", "LCL42(3)", "medical period", {"ground": "4001", "in_medical_period": True}, True),
    Case("protected-dismissal", "LCL42(4)", "pregnancy", {"ground": "4101", "pregnant_or_nursing": True}, True),
    Case("protected-dismissal", "LCL42(4)", "pregnancy, gross fault", {"ground": "3902", "pregnant_or_nursing": True}, False),
    Case("protected-dismissal", "LCL42(4)", "pregnancy, by agreement", {"ground": "3601", "pregnant_or_nursing": True}, False),
    Case("protected-dismissal", "LCL42(5)", "15 years and under 5 to go", {"ground": "4002", "contract": NEAR, "service_start_on": day("2013-01-02"), "ended_on": day("2028-01-02")}, True),
    Case("protected-dismissal", "LCL42(5)", "just 5 years to go", {"ground": "4002", "contract": NEAR, "service_start_on": day("2012-01-01"), "ended_on": day("2028-01-01")}, False),
    Case("protected-dismissal", "LCL42(5)", "a day short of 15 years", {"ground": "4002", "contract": NEAR, "service_start_on": day("2013-01-03"), "ended_on": day("2028-01-02")}, False),
    Case("protected-dismissal", "LCL42(5)", "retired already", {"ground": "4002", "contract": NEAR, "service_start_on": day("2013-01-02"), "ended_on": day("2033-01-01")}, False),
    Case("protected-dismissal", "TU19", "union officer", {"ground": "4003", "union_officer": True}, True),
    Case("protected-dismissal", "CC28", "bargaining representative", {"ground": "4003", "bargaining_representative": True}, True),
    Case("protected-dismissal", "CC28", "no longer one", {"ground": "4003", "bargaining_representative": False}, False),
    Case("bargaining-representative", "CC28", "not up to the post", {"ground": "3901", "bargaining_representative": True}, True),
    Case("bargaining-representative", "CC28", "grave breach of the rules", {"ground": "3902", "bargaining_representative": True}, False),
    Case("bargaining-representative", "CC28", "sentenced", {"ground": "3906", "bargaining_representative": True}, False),
    Case("bargaining-representative", "CC28", "nobody's representative", {"ground": "3901", "bargaining_representative": False}, False),
    Case("protected-expiry", "CC28", "bargaining representative", {"ground": "4401", "bargaining_representative": True}, True),
    Case("protected-dismissal", "LCL42", "nothing known", {"ground": "4003"}, False),
    Case("protected-expiry", "LCL45", "pregnancy", {"ground": "4401", "pregnant_or_nursing": True}, True),
    Case("protected-expiry", "LCL45", "medical period", {"ground": "4402", "in_medical_period": True}, True),
    Case("protected-expiry", "LCL45", "injury goes by its own rules", {"ground": "4401", "occupational_injury": True}, False),
    Case("protected-expiry", "LCL45", "none", {"ground": "4401", "pregnant_or_nursing": False}, False),
    Case("occupational-check", "OD35(2)", "by agreement, unchecked", {"ground": "3601", "occupational_check_missing": True}, True),
    Case("occupational-check", "OD35(2)", "by agreement, checked", {"ground": "3601", "occupational_check_missing": False}, False),
    Case("occupational-check", "OD55(2)", "fault, in diagnosis", {"ground": "3902", "suspected_occupational_disease": True}, True),
    Case("occupational-check", "OD35(2)", "the worker resigns", {"ground": "3701", "occupational_check_missing": True}, False),
    Case("disability-grade", "WI35(1)", "grade 4 at expiry", {"ground": "4401", "disability_grade": 4}, True),
    Case("disability-grade", "WI35(1)", "grade 4 retires", {"ground": "4406", "disability_grade": 4}, False),
    Case("disability-grade", "WI36(2)", "grade 6 at expiry", {"ground": "4401", "disability_grade": 6}, True),
    Case("disability-grade", "WI36(2)", "grade 6, the worker asks", {"ground": "4401", "disability_grade": 6, "worker_agrees": True}, False),
    Case("disability-grade", "WI37(2)", "grade 7 at expiry", {"ground": "4401", "disability_grade": 7}, False),
    Case("disability-grade", "LCL42(2)", "grade 7 under 40", {"ground": "4003", "disability_grade": 7}, True),
    Case("disability-grade", "LCL39", "grade 6, gross fault", {"ground": "3902", "disability_grade": 6}, False),
    Case("service-period-extends", "REG17", "a day left", {"ground": "4401", "ended_on": END, "service_period_until": day("2026-11-01")}, True),
    Case("service-period-extends", "REG17", "over", {"ground": "4401", "ended_on": END, "service_period_until": END}, False),
    Case("expiry-after-two-terms", "LCL14(2)(3)", "the second term", {"ground": "4401", "contract": second_term()}, True),
    Case("expiry-after-two-terms", "LCL14(2)(3)", "the worker does not want to stay", {"ground": "4401", "contract": second_term(), "worker_wants_renewal": False}, False),
    Case("expiry-after-two-terms", "LCL14(2)(3)", "the first term", {"ground": "4401", "contract": FIXED}, False),
    Case("expiry-after-two-terms", "JII10(2)", "the first, renewed automatically", {"ground": "4401", "contract": FIXED, "extension": "automatic"}, True),
    Case("expiry-after-two-terms", "JII10(3)", "a second after one not filed", {"ground": "4401", "contract": replace(FIXED, earlier_fixed_terms=1)}, True),
    Case("expiry-after-two-terms", "REG12", "public welfare post", {"ground": "4401", "contract": second_term(public_welfare_post=True)}, False),
]

RETIREMENT = [
    Case("retirement-too-early", "RM3", "the day before the original age", {"ground": "4405", "ended_on": day("2026-03-14"), "contract": MAN_1966}, True),
    Case("retirement-too-early", "RM3", "on the original age", {"ground": "4405", "ended_on": day("2026-03-15"), "contract": MAN_1966}, False),
    Case("retirement-too-early", "RM8", "special work", {"ground": "4405", "ended_on": day("2021-03-15"), "contract": ContractFacts(birth_on=day("1966-03-15"), sex="male", special_work=True)}, False),
    Case("retirement-flexible", "RM3", "statutory ground a day early", {"ground": "4406", "ended_on": day("2026-07-14"), "contract": MAN_1966}, True),
    Case("retirement-flexible", "RM1", "statutory ground on the day", {"ground": "4406", "ended_on": day("2026-07-15"), "contract": MAN_1966}, False),
    Case("retirement-flexible", "FR", "asked three months before", {"ground": "4405", "ended_on": day("2026-06-15"), "flexible_retirement_requested_on": day("2026-03-15"), "contract": MAN_1966}, False),
    Case("retirement-flexible", "FR", "asked a day late", {"ground": "4405", "ended_on": day("2026-06-15"), "flexible_retirement_requested_on": day("2026-03-16"), "contract": MAN_1966}, True),
    Case("contribution-years", "RM2", "15 years in 2026", {"ground": "4405", "ended_on": day("2026-07-15"), "contribution_months": 180, "contract": MAN_1966}, False),
    Case("contribution-years", "RM2", "a month short in 2026", {"ground": "4405", "ended_on": day("2026-07-15"), "contribution_months": 179, "contract": MAN_1966}, True),
    Case("contribution-years", "RM2", "15 years in 2033", {"ground": "4405", "ended_on": day("2033-01-01"), "contribution_months": 180, "contract": NEAR}, True),
    Case("contribution-years", "RM2", "17 years in 2033", {"ground": "4405", "ended_on": day("2033-01-01"), "contribution_months": 204, "contract": NEAR}, False),
]

MONEY = [
    Case("severance-due", "LCL46(2)", "agreement at the employer's wish", {"ground": "3601", "severance_paid": yuan("0")}, True),
    Case("severance-due", "LCL46", "agreement at the worker's wish", {"ground": "3602", "severance_paid": yuan("0")}, False),
    Case("severance-due", "LCL46(1)", "38", {"ground": "3802", "severance_paid": yuan("0")}, True),
    Case("severance-due", "LCL46", "resignation", {"ground": "3701", "severance_paid": yuan("0")}, False),
    Case("severance-due", "LCL46", "39", {"ground": "3902", "severance_paid": yuan("0")}, False),
    Case("severance-due", "LCL46(3)", "40", {"ground": "4003", "severance_paid": yuan("0")}, True),
    Case("severance-due", "LCL46(4)", "41", {"ground": "4102", "severance_paid": yuan("0")}, True),
    Case("severance-due", "LCL46(5)", "expiry, not renewed", {"ground": "4401", "severance_paid": yuan("0")}, True),
    Case("severance-due", "LCL46(5)", "expiry, worse terms offered", {"ground": "4402", "severance_paid": yuan("0")}, True),
    Case("severance-due", "LCL46(5)", "expiry, same terms declined", {"ground": "4403", "severance_paid": yuan("0")}, False),
    Case("severance-due", "REG22", "task done", {"ground": "4404", "severance_paid": yuan("0")}, True),
    Case("severance-due", "LCL46(6)", "employer dissolved", {"ground": "4409", "severance_paid": yuan("0")}, True),
    Case("severance-due", "LCL44(2)", "retirement", {"ground": "4406", "severance_paid": yuan("0")}, False),
    Case("severance-due", "LCL71", "part-time", {"ground": "4401", "severance_paid": yuan("0"), "contract": ContractFacts(employment_form="part_time")}, False),
    Case("severance-due", "REG12", "public welfare post", {"ground": "4401", "severance_paid": yuan("0"), "contract": ContractFacts(public_welfare_post=True)}, False),
    Case("severance-due", "REG25", "damages instead", {"ground": "4003", "severance_paid": yuan("0"), "unlawful": True}, False),
    Case("severance-amount", "LCL47(1)", "six months' pay", {"ground": "4003", "severance_paid": yuan("36000.00"), **YEARS}, False),
    Case("severance-amount", "LCL47(1)", "a cent less", {"ground": "4003", "severance_paid": yuan("35999.99"), **YEARS}, True),
    Case("severance-amount", "REG10", "merged years paid for before", {"ground": "4003", "severance_paid": yuan("36000.00"), **YEARS, "service_start_on": day("2010-01-01"), "severance_start_on": YEARS["service_start_on"]}, False),
    Case("severance-amount", "REG10", "merged years not paid for", {"ground": "4003", "severance_paid": yuan("36000.00"), **YEARS, "service_start_on": day("2010-01-01")}, True),
    Case("severance-amount", "LCL47(2)", "capped at three times", {"ground": "4003", "severance_paid": yuan("18000"), "local_average_pay": yuan("1000"), **YEARS}, False),
    Case("severance-amount", "REG27", "raised to the minimum wage", {"ground": "4003", "severance_paid": yuan("36000"), "minimum_monthly_wage": yuan("6100"), **YEARS}, True),
    Case("unlawful-damages", "LCL87", "twice", {"ground": "4003", "unlawful": True, "damages_paid": yuan("72000.00"), **YEARS}, False),
    Case("unlawful-damages", "LCL87", "less than twice", {"ground": "4003", "unlawful": True, "damages_paid": yuan("71999.99"), **YEARS}, True),
]

ENDING_CASES = [*GROUNDS, *PROTECTION, *RETIREMENT, *MONEY]

WORKFORCE_CASES = [
    Case("dispatch-share", "DP4(1)", "10 of 100", {"contract_count": 90, "dispatched_count": 10}, False),
    Case("dispatch-share", "DP4(1)", "11 of 100", {"contract_count": 89, "dispatched_count": 11}, True),
    Case("dispatch-share", "DP4(2)", "the total counts both", {"contract_count": 89, "dispatched_count": 10}, True),
    Case("dispatch-share", "DP25", "a representative office", {"contract_count": 1, "dispatched_count": 11, "dispatch_share_exempt": True}, False),
    Case("layoff-preference", "LCL41(2)", "one to be kept", {"layoff_preferred": 1}, True),
    Case("layoff-preference", "LCL41(2)", "nobody", {"layoff_preferred": 0}, False),
    Case("layoff-threshold", "LCL41(1)", "20 persons", {"layoffs": 20, "staff_before": 1000, "layoff_reported": False}, True),
    Case("layoff-threshold", "LCL41(1)", "19 of 1000", {"layoffs": 19, "staff_before": 1000, "layoff_reported": False}, False),
    Case("layoff-threshold", "LCL41(1)", "10 of 100", {"layoffs": 10, "staff_before": 100}, True),
    Case("layoff-threshold", "LCL41(1)", "10 of 101", {"layoffs": 10, "staff_before": 101}, False),
    Case("layoff-threshold", "LCL41(1)", "reported", {"layoffs": 20, "staff_before": 1000, "layoff_reported": True}, False),
    Case("layoff-below-threshold", "LCL41(1)", "19 of 1000", {"layoffs": 19, "staff_before": 1000}, True),
    Case("layoff-below-threshold", "LCL41(1)", "20 of 1000", {"layoffs": 20, "staff_before": 1000}, False),
    Case("layoff-in-parts", "LCL41(1)", "15 agreed and 5 laid off", {"layoff_like": 15, "layoffs": 5, "staff_before": 1000}, True),
    Case("layoff-in-parts", "LCL41(1)", "14 agreed and 5 laid off", {"layoff_like": 14, "layoffs": 5, "staff_before": 1000}, False),
    Case("layoff-in-parts", "LCL41(1)", "layoffs alone suffice", {"layoff_like": 15, "layoffs": 20, "staff_before": 1000}, False),
    Case("rehire-after-layoff", "LCL41(3)", "six months to the day", {"last_layoff_on": day("2026-05-02"), "hired_since_layoff": 1}, True),
    Case("rehire-after-layoff", "LCL41(3)", "a day more", {"last_layoff_on": day("2026-05-01"), "hired_since_layoff": 1}, False),
    Case("rehire-after-layoff", "LCL41(3)", "invited", {"last_layoff_on": day("2026-05-02"), "hired_since_layoff": 1, "laid_off_invited": True}, False),
    Case("without-contract", "LCL82(1)", "one", {"without_contract_count": 1}, True),
    Case("without-contract", "LCL82(1)", "none", {"without_contract_count": 0}, False),
]
