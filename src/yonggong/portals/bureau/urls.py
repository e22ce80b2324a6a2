"""Pages of the bureau's portal."""

from django.urls import path

from yonggong.portals.admin import days_off, policies
from yonggong.portals.bureau import (
    batches,
    case,
    codes,
    counter,
    home,
    importing,
    late,
    lists,
    people,
    person_acts,
    region,
)

app_name = "bureau"

urlpatterns = [
    path("", home.home, name="home"),
    path("queue/", lists.queue, name="queue"),
    path("queue/approve/", case.approve_many, name="approve-many"),
    path("cases/", lists.all_cases, name="cases"),
    path("batches/", batches.batches, name="batches"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/progress/", batches.progress, name="batch-progress"),
    path("batches/<int:pk>/approve/", batches.approve, name="batch-approve"),
    path("batches/<int:pk>/stop/", batches.stop, name="batch-stop"),
    path("case/<int:pk>/", case.show, name="case"),
    path("case/<int:pk>/whole/", case.reveal, name="case-whole"),
    path("case/<int:pk>/decide/", case.decide, name="case-decide"),
    path("case/<int:pk>/hand-on/", case.hand_on, name="case-hand-on"),
    path("case/<int:pk>/materials/<str:name>/", case.material, name="case-material"),
    path("counter/", counter.page, name="counter"),
    path("counter/end/", counter.end, name="counter-end"),
    path("counter/register/", counter.register, name="counter-register"),
    path("counter/import/", importing.page, name="counter-import"),
    path("counter/template/<str:word>/", importing.blank, name="counter-template"),
    path("counter/<int:pk>/", counter.begin, name="counter-begin"),
    path("employers/", lists.all_employers, name="employers"),
    path("employers/<int:pk>/", region.employer, name="employer"),
    path("codes/", codes.page, name="codes"),
    path("codes/<int:pk>/decide/", codes.decide, name="codes-decide"),
    path("late/", late.late, name="late"),
    path("contracts/", lists.all_contracts, name="contracts"),
    path("rosters/", lists.all_documents, name="rosters"),
    path("rosters/<int:pk>/", region.document, name="document"),
    path("people/", people.search, name="people"),
    path("people/<int:pk>/", people.show, name="person"),
    path("people/<int:pk>/whole/", people.reveal, name="person-whole"),
    path("people/<int:pk>/correct/", person_acts.correct, name="person-correct"),
    path("people/<int:pk>/join/", person_acts.join, name="person-join"),
    path("people/<int:pk>/evidence/<int:line>/", people.evidence, name="person-evidence"),
    path("people/<int:pk>/contracts/<int:contract>/end/", person_acts.end, name="person-end"),
    path(
        "people/<int:pk>/contracts/<int:contract>/evidence/",
        people.ending_evidence,
        name="person-end-evidence",
    ),
    path("policy/", policies.page, name="policy"),
    path("policy/confirm/", policies.confirm, name="policy-confirm"),
    path("policy/documents/<int:pk>/", policies.document, name="policy-document"),
    path("days-off/", days_off.page, name="days-off"),
    path("days-off/<int:pk>/", days_off.document, name="days-off-document"),
    path("rosters/<int:pk>/pdf/", region.pdf, name="document-pdf"),
]
