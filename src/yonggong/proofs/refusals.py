"""What is said where a proof is not taken."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

# What reading a certificate raises where it is not as it should be.
BROKEN = (
    ValueError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


class CertificateRefused(Exception):
    """A certificate, or what was signed with it, is not taken; the message is for its holder."""
