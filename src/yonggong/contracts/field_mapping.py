"""Where a finding points: the field of the form for the fact that a rule looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from yonggong.forms import Form
from yonggong.law.findings import Finding

# Fact → field, where the two are not called alike. What the platform looked up itself points to
# the answer by which it was found.
FIELD_OF_FACT: Mapping[str, str] = MappingProxyType(
    {
        "id_number": "document_number",
        "other_full_time_employer": "document_number",
        "other_full_time_ran_out_on": "document_number",
        "is_foreigner": "document_type",
        "is_dispatch": "employment_form",
        "probation_months": "probation_end_on",
        "had_probation": "probation_end_on",
        "minimum_monthly_wage": "base_pay",
        "minimum_hourly_wage": "hourly_pay",
        "prior_terms": "term_type",
        "merged_since": "service_start_on",
        "total_work_months": "total_work_years",
        "bargaining_representative": "protected",
        "text": "agreed_matters",
        "dispatch_months": "dispatch_end_on",
        "dispatcher_licensed": "dispatch_licence_until",
        "licence_on_record": "dispatch_licence_until",
        "special_hours_on_record": "hours_system",
        "own_side": "user_unit_code",
        "other_side": "user_unit_code",
        "other_side_filed": "user_unit_code",
        "ground": "end_reason",
        "occupational_check_missing": "protected",
        "dispatched_count": "user_unit_code",
        "contract_count": "user_unit_code",
        "layoffs": "end_reason",
        "layoff_like": "end_reason",
        "hired_since_layoff": "laid_off_invited",
    }
)
# The same fact is asked of full-time workers otherwise.
_FIELD_OF_RULE: Mapping[str, str] = MappingProxyType({"monthly-pay": "pay_cycle"})


def field_of(rule: str, fact: str) -> str:
    """The name of the form field that answers `fact` for a rule, whether or not a form has it."""
    return _FIELD_OF_RULE.get(rule) or FIELD_OF_FACT.get(fact, fact)


def pointed(findings: Iterable[Finding], form: Form) -> list[Finding]:
    """The findings, each pointing to a field of `form`, or to none where the form has not got it."""
    found = []
    for finding in findings:
        field = field_of(finding.rule, finding.field)
        found.append(replace(finding, field=field if field in form.fields_by_name else ""))
    return found
