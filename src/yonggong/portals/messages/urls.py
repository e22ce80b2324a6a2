"""Pages of everybody's messages."""

from django.urls import path

from yonggong.portals.messages import views

app_name = "messages"

urlpatterns = [
    path("", views.inbox, name="list"),
    path("count/", views.count, name="count"),
    path("read/", views.read, name="read"),
]
