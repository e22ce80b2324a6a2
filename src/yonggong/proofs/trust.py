"""Whom the installation trusts: certificates of authorities and their revocation lists, files in
folders that it names, read anew when a file changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from cryptography import x509
from django.conf import settings

from yonggong.proofs.refusals import BROKEN

_PEM = b"-----BEGIN"
_CERTIFICATES, _LISTS = frozenset({".pem", ".crt", ".cer"}), frozenset({".crl"})

# What tells whether a folder's files are the same: name, time and size of each.
_State = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """Authorities' certificates (`anchors` signed themselves) and lists; `unread` names files that
    are neither."""

    anchors: tuple[x509.Certificate, ...] = ()
    between: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()
    unread: tuple[str, ...] = ()


_T = TypeVar("_T")


@dataclass(slots=True)
class _Read(Generic[_T]):
    state: _State = ()
    found: list[_T] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


_authorities: dict[Path, _Read[x509.Certificate]] = {}
_revoked: dict[Path, _Read[x509.CertificateRevocationList]] = {}


def is_configured() -> bool:
    """Whether certificates are taken here at all."""
    return settings.CERTIFICATE_AUTHORITIES is not None


def trusted() -> Trust:
    """What lies in the folders now; nothing where none is named."""
    folder = settings.CERTIFICATE_AUTHORITIES
    if folder is None:
        return Trust()
    held = _current(_authorities, folder, _CERTIFICATES, _certificates)
    lists = _current(_revoked, settings.REVOCATION_LISTS or folder, _LISTS, _list)
    return Trust(
        anchors=tuple(one for one in held.found if one.subject == one.issuer),
        between=tuple(one for one in held.found if one.subject != one.issuer),
        lists=tuple(lists.found),
        unread=(*held.unread, *lists.unread),
    )


def _current(
    kept: dict[Path, _Read[_T]],
    folder: Path,
    endings: frozenset[str],
    read: Callable[[bytes], Iterator[_T]],
) -> _Read[_T]:
    files = _files(folder, endings)
    state = tuple((path.name, (at := path.stat()).st_mtime_ns, at.st_size) for path in files)
    known = kept.get(folder)
    if known is not None and known.state == state:
        return known
    fresh: _Read[_T] = _Read(state)
    for path in files:
        try:
            fresh.found.extend(read(path.read_bytes()))
        except (*BROKEN, OSError):
            fresh.unread.append(path.name)
    kept[folder] = fresh
    return fresh


def _files(folder: Path, endings: frozenset[str]) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() in endings)
    except OSError:
        return []


def _certificates(content: bytes) -> Iterator[x509.Certificate]:
    if _PEM in content:
        return iter(x509.load_pem_x509_certificates(content))
    return iter((x509.load_der_x509_certificate(content),))


def _list(content: bytes) -> Iterator[x509.CertificateRevocationList]:
    load = x509.load_pem_x509_crl if _PEM in content else x509.load_der_x509_crl
    return iter((load(content),))
