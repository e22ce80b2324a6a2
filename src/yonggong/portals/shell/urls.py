"""Signing in and out, one's account and password, and the way home."""

from django.urls import path

from yonggong.portals.shell import (
    account,
    beginning,
    certificates,
    forgotten,
    passkeys,
    persons,
    provider,
    security,
    views,
)

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.icon, name="icon"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/second/", beginning.second_step, name="second-step"),
    path("sign-in/passkey/", passkeys.sign_in, name="passkey-sign-in"),
    path("sign-in/passkey/options/", passkeys.sign_in_options, name="passkey-sign-in-options"),
    path("account/security/", security.show, name="security"),
    path("account/security/confirm/", security.confirm, name="security-confirm"),
    path("account/security/authenticator/", security.authenticator, name="authenticator"),
    path(
        "account/security/authenticator/remove/", security.remove_app, name="authenticator-remove"
    ),
    path("account/security/recovery-codes/", security.recovery_codes, name="recovery-codes"),
    path("account/security/passkeys/", passkeys.add, name="passkey-add"),
    path("account/security/passkeys/options/", passkeys.add_options, name="passkey-add-options"),
    path("account/security/passkeys/<int:pk>/remove/", passkeys.remove, name="passkey-remove"),
    path("account/security/sessions/<int:pk>/end/", security.end_session, name="session-end"),
    path("account/security/sessions/end-others/", security.end_others, name="sessions-end-others"),
    path("sign-in/forgotten/", forgotten.ask, name="forgotten"),
    path("sign-in/forgotten/code/", forgotten.code, name="forgotten-code"),
    path("sign-in/forgotten/password/", forgotten.password, name="forgotten-password"),
    path("demonstration/messages/", forgotten.shown_messages, name="shown-messages"),
    path("sign-in/certificate/", certificates.sign_in, name="sign-in-certificate"),
    path("sign-in/certificate/tls/", certificates.shown_in_tls, name="sign-in-certificate-tls"),
    path("sign-in/certificate/address/", certificates.address, name="sign-in-certificate-address"),
    path("sign-in/person/", persons.ask, name="sign-in-person"),
    path("sign-in/person/code/", persons.code, name="sign-in-person-code"),
    path("sign-in/person/unproven/", persons.unproven, name="sign-in-person-unproven"),
    path("sign-in/provider/", provider.leave, name="sign-in-provider"),
    path("sign-in/provider/back/", provider.come_back, name="sign-in-provider-back"),
    path("account/provider/", provider.bind, name="account-provider"),
    path("account/proofs/", certificates.own, name="account-proofs"),
    path("account/proofs/<int:pk>/end/", certificates.unbind, name="account-proofs-end"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("session/", views.session, name="session"),
    path("account/", account.show, name="account"),
    path("password/", views.password, name="password"),
]
