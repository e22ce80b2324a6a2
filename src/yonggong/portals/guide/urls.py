"""Pages of the user guide."""

from django.urls import path

from yonggong.portals.guide import views

app_name = "guide"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:name>/", views.show, name="chapter"),
    path("<slug:folder>/<str:name>", views.picture, name="picture"),
]
