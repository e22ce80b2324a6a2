"""Addresses that the scripts of a form ask. Include under `forms/`."""

from django.urls import path

from yonggong.forms import views

app_name = "forms"

urlpatterns = [
    path("choices/<str:source>/<str:name>/search", views.search, name="search"),
    path("choices/<str:source>/<str:name>/children", views.children, name="children"),
    path("lookups/<str:name>", views.lookup, name="lookup"),
]
