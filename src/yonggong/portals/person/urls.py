"""Pages of persons."""

from django.urls import path

from yonggong.portals.pages import (
    again,
    authorities,
    choosing_materials,
    filling,
    service,
    signed_forms,
    uploads,
    workbook,
)
from yonggong.portals.person import applying, cases, disputes, forms, looks, papers, records
from yonggong.portals.person.desk import at_desk

app_name = "person"

urlpatterns = [
    path("", cases.listing, name="home"),
    path("apply/", applying.page, name="apply"),
    path("papers/", papers.page, name="papers"),
    path("disputes/", disputes.page, name="disputes"),
    path("disputes/<int:pk>/", disputes.show, name="dispute"),
    path("disputes/<int:pk>/answer/", disputes.answer, name="dispute-answer"),
    path("disputes/<int:pk>/papers/<int:paper>/", disputes.paper, name="dispute-paper"),
    path("disputes/<int:pk>/counter/", disputes.counter, name="dispute-counter"),
    path("disputes/<int:pk>/bring/", disputes.bring, name="dispute-bring"),
    path("disputes/<int:pk>/materials/<str:name>/", disputes.material, name="dispute-material"),
    path("disputes/<int:pk>/evidence/<int:exhibit>/", disputes.exhibit, name="dispute-exhibit"),
    # 委托代理
    path("looks/", looks.page, name="looks"),
    path("records/", records.page, name="records"),
    path("authorities/", at_desk(authorities.listing), name="authorities"),
    path("authorities/give/", at_desk(authorities.give), name="authorities-give"),
    path("authorities/<int:authority>/", at_desk(authorities.show), name="authorities-one"),
    path(
        "authorities/<int:authority>/paper/",
        at_desk(authorities.paper),
        name="authorities-evidence",
    ),
    path("authorities/<int:authority>/end/", at_desk(authorities.end), name="authorities-end"),
    path("<int:person>/<str:kind>/begin/", cases.begin, name="begin"),
    path("case/<int:pk>/", cases.show, name="case"),
    path("case/<int:pk>/whole/", cases.reveal, name="case-whole"),
    path("case/<int:pk>/receipt/", cases.receipt_pdf, name="case-receipt"),
    path("case/<int:pk>/versions/<int:number>/", cases.version, name="case-version"),
    path(
        "case/<int:pk>/versions/<int:number>/print/", cases.print_version, name="case-version-print"
    ),
    path("case/<int:pk>/withdraw/", at_desk(again.take_back), name="case-withdraw"),
    path("case/<int:pk>/evaluate/", at_desk(service.evaluate), name="case-evaluate"),
    path("papers/<int:pk>/pdf/", cases.paper, name="document-pdf"),
    path("case/<int:pk>/again/", at_desk(again.begin_again), name="case-again"),
    path("case/<int:pk>/form/", forms.form, name="item-form"),
    path("case/<int:pk>/form/draft/", at_desk(filling.keep_typing), name="item-draft"),
    path("case/<int:pk>/form/check/", at_desk(filling.check), name="item-check"),
    path("case/<int:pk>/form/discard/", at_desk(filling.discard), name="item-discard"),
    path("case/<int:pk>/workbook/", at_desk(workbook.page), name="item-workbook"),
    path("case/<int:pk>/workbook/blank.xlsx", at_desk(workbook.blank), name="item-workbook-blank"),
    path(
        "case/<int:pk>/workbook/filled.xlsx", at_desk(workbook.filled), name="item-workbook-filled"
    ),
    path("case/<int:pk>/materials/<str:name>/", at_desk(uploads.answer), name="case-material"),
    path(
        "case/<int:pk>/materials/<str:name>/form.pdf",
        at_desk(signed_forms.pdf),
        name="case-material-sign",
    ),
    path(
        "case/<int:pk>/materials/<str:name>/choose/",
        at_desk(choosing_materials.page),
        name="case-material-choose",
    ),
    path(
        "case/<int:pk>/materials/<str:name>/remove/",
        at_desk(uploads.removed),
        name="case-material-remove",
    ),
]
