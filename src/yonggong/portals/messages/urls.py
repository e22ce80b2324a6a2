"""Pages of everybody's messages."""

from django.urls import path

from yonggong.portals.messages import views

app_name = "messages"

urlpatterns = [
    path("", views.inbox, name="list"),
    path("read/", views.read, name="read"),
]
