"""Pages open to anyone."""

from django.urls import path

from yonggong.portals.public import calculators, kinds, registration

urlpatterns = [
    path("register/", registration.register, name="register"),
    path("calculators/", calculators.index, name="calculators"),
    path("calculators/<slug:name>/", calculators.calculator, name="calculator"),
    path("api/kinds/", kinds.kinds, name="kinds"),
    path("api/kinds/<str:name>/schema/", kinds.schema, name="kind-schema"),
]
