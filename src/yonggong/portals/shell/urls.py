"""Signing in and out, one's account and password, and the way home."""

from django.urls import path

from yonggong.portals.shell import account, forgotten, views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.icon, name="icon"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("demonstration/messages/", forgotten.shown_messages, name="shown-messages"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("session/", views.session, name="session"),
    path("account/", account.show, name="account"),
    path("password/", views.password, name="password"),
]
