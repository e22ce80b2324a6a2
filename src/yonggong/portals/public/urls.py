"""Pages open to anyone."""

from django.urls import path

from yonggong.portals.public import blank_forms, calculators, claiming, kinds, proving, registration

urlpatterns = [
    path("register/", registration.register, name="register"),
    path("claims/", claiming.page, name="claims"),
    path("claims/add/", claiming.add, name="claims-add"),
    path("claims/<int:pk>/licence/", claiming.licence, name="claims-licence"),
    path("claims/<int:pk>/certificate/", proving.certificate, name="claims-certificate"),
    path("claims/<int:pk>/code/", proving.code, name="claims-code"),
    path("claims/invitations/<int:pk>/", proving.answer, name="claims-answer"),
    path("claims/<int:pk>/kept/", claiming.kept, name="claims-kept"),
    path("claims/<int:pk>/withdraw/", claiming.withdraw, name="claims-withdraw"),
    path("calculators/", calculators.index, name="calculators"),
    path("calculators/<slug:name>/", calculators.calculator, name="calculator"),
    path("blank-forms/", blank_forms.page, name="blank-forms"),
    path("blank-forms/<str:name>.pdf", blank_forms.pdf, name="blank-form"),
    path("api/kinds/", kinds.kinds, name="kinds"),
    path("api/kinds/<str:name>/schema/", kinds.schema, name="kind-schema"),
]
