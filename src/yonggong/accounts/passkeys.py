"""Passkeys (通行密钥, WebAuthn): a key pair on a device of the person, which proves who they are by a
signature and asks for a finger, a face or a PIN first. By itself it is enough to sign in.

A challenge is made here, kept in the session by the page, and good for one answer. Attestation is not
asked for: which make of device somebody has is nobody's business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from yonggong.accounts.actions import AccountProblem, record_proof
from yonggong.accounts.models import Passkey, User
from yonggong.accounts.second_factors import ISSUER, check_may_lose_one
from yonggong.vault import digest

MOST = 10
_REFUSED = "通行密钥没有通过验证，请再试一次。"
_MALFORMED = (WebAuthnException, ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Site:
    """Where people come: a key made for one site is of no use on another."""

    domain: str
    origin: str


def options_to_add(user: User, site: Site) -> tuple[dict[str, Any], str]:
    """What the browser needs to make a key, and the challenge to be kept."""
    options = generate_registration_options(
        rp_id=site.domain,
        rp_name=ISSUER,
        user_id=_handle(user),
        user_name=user.username,
        user_display_name=user.name,
        exclude_credentials=_known(user),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return json.loads(options_to_json(options)), bytes_to_base64url(options.challenge)


@transaction.atomic
def add(
    *,
    user: User,
    name: str,
    answer: str,
    challenge: str,
    site: Site,
    address: str | None,
    now: datetime,
) -> Passkey:
    """Keep a key that the browser has made for this challenge. Raises `AccountProblem`."""
    name = name.strip()[:30]
    if not name:
        raise AccountProblem("请填写名称，如“办公室电脑”。", about="name")
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _MALFORMED:
        raise AccountProblem(_REFUSED) from None
    User.objects.select_for_update().get(pk=user.pk)
    if user.passkeys.count() >= MOST:
        raise AccountProblem(f"一个账号最多添加 {MOST} 个通行密钥，请先删除不用的。")
    try:
        with transaction.atomic():
            key = Passkey.objects.create(
                user=user,
                name=name,
                credential=made.credential_id,
                public_key=made.credential_public_key,
                sign_count=made.sign_count,
                added_at=now,
            )
    except IntegrityError:
        raise AccountProblem("该名称已使用，或者该通行密钥已经添加。", about="name") from None
    record_proof(user, f"添加通行密钥 {name}", by=user, address=address)
    return key


@transaction.atomic
def remove(*, key: Passkey, by: User, address: str | None) -> None:
    """Forget a key of one's own account. Raises `AccountProblem` where it is the last second factor
    of an account that needs one."""
    check_may_lose_one(by)
    by.passkeys.filter(pk=key.pk).delete()
    record_proof(by, f"删除通行密钥 {key.name}", by=by, address=address)


def options_to_sign_in(site: Site, user: User | None = None) -> tuple[dict[str, Any], str]:
    """What the browser needs to sign with a key, of `user` where that is known already; and the
    challenge to be kept."""
    options = generate_authentication_options(
        rp_id=site.domain,
        allow_credentials=_known(user) if user else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.loads(options_to_json(options)), bytes_to_base64url(options.challenge)


@transaction.atomic
def signed(
    *, answer: str, challenge: str, site: Site, user: User | None = None, now: datetime
) -> User | None:
    """Whose key signed the challenge, an account in use (and `user`, where one is named); None for
    anything else: a key that is not known, a wrong signature, a counter that fell back."""
    try:
        read = json.loads(answer)
        key = (
            Passkey.objects.select_for_update(of=("self",))
            .select_related("user")
            .get(credential=base64url_to_bytes(read["id"]))
        )
        proof = verify_authentication_response(
            credential=read,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            credential_public_key=bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
        handle = read["response"].get("userHandle") or bytes_to_base64url(_handle(key.user))
    except (Passkey.DoesNotExist, *_MALFORMED):
        return None
    own = constant_time_compare(base64url_to_bytes(handle), _handle(key.user))
    if not own or not key.user.is_active or (user is not None and user.pk != key.user_id):
        return None
    key.sign_count, key.used_at = proof.new_sign_count, now
    key.save(update_fields=["sign_count", "used_at"])
    return key.user


def _known(user: User) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=bytes(known))
        for known in user.passkeys.values_list("credential", flat=True)
    ]


def _handle(user: User) -> bytes:
    """What a key keeps of its account: nothing that says who it is."""
    return digest(f"passkey user {user.pk}")
