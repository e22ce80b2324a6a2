"""Signing in and out, one's account and password, and the way home."""

from django.urls import path

from yonggong.portals.shell import account, certificates, forgotten, views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.icon, name="icon"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/forgotten/", forgotten.ask, name="forgotten"),
    path("sign-in/forgotten/code/", forgotten.code, name="forgotten-code"),
    path("sign-in/forgotten/password/", forgotten.password, name="forgotten-password"),
    path("demonstration/messages/", forgotten.shown_messages, name="shown-messages"),
    path("sign-in/certificate/", certificates.sign_in, name="sign-in-certificate"),
    path("sign-in/certificate/tls/", certificates.shown_in_tls, name="sign-in-certificate-tls"),
    path("sign-in/certificate/address/", certificates.address, name="sign-in-certificate-address"),
    path("account/proofs/", certificates.own, name="account-proofs"),
    path("account/proofs/<int:pk>/end/", certificates.unbind, name="account-proofs-end"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("session/", views.session, name="session"),
    path("account/", account.show, name="account"),
    path("password/", views.password, name="password"),
]
