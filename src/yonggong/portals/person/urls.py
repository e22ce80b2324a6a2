"""Pages of persons; the full portal of workers will stand here."""

from django.urls import path

from yonggong.portals.person import authorities, cases, forms, materials, workbook

app_name = "person"

urlpatterns = [
    path("", cases.listing, name="home"),
    # 委托代理
    path("authorities/", authorities.listing, name="authorities"),
    path("authorities/give/", authorities.give, name="authorities-give"),
    path("authorities/<int:authority>/", authorities.show, name="authorities-one"),
    path("authorities/<int:authority>/paper/", authorities.paper, name="authorities-evidence"),
    path("authorities/<int:authority>/end/", authorities.end, name="authorities-end"),
    path("<int:person>/<str:kind>/begin/", cases.begin, name="begin"),
    path("case/<int:pk>/", cases.show, name="case"),
    path("case/<int:pk>/whole/", cases.reveal, name="case-whole"),
    path("case/<int:pk>/versions/<int:number>/", cases.version, name="case-version"),
    path(
        "case/<int:pk>/versions/<int:number>/print/", cases.print_version, name="case-version-print"
    ),
    path("case/<int:pk>/withdraw/", cases.withdraw, name="case-withdraw"),
    path("papers/<int:pk>/pdf/", cases.paper, name="document-pdf"),
    path("case/<int:pk>/again/", cases.begin_again, name="case-again"),
    path("case/<int:pk>/form/", forms.form, name="item-form"),
    path("case/<int:pk>/form/draft/", forms.draft, name="item-draft"),
    path("case/<int:pk>/form/check/", forms.check, name="item-check"),
    path("case/<int:pk>/form/discard/", forms.discard, name="item-discard"),
    path("case/<int:pk>/workbook/", workbook.page, name="item-workbook"),
    path("case/<int:pk>/workbook/blank.xlsx", workbook.blank, name="item-workbook-blank"),
    path("case/<int:pk>/workbook/filled.xlsx", workbook.filled, name="item-workbook-filled"),
    path("case/<int:pk>/materials/<str:name>/", materials.material, name="case-material"),
    path(
        "case/<int:pk>/materials/<str:name>/remove/", materials.remove, name="case-material-remove"
    ),
]
