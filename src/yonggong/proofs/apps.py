"""Django app of the room."""

from django.apps import AppConfig


class ProofsConfig(AppConfig):
    """Certificates and identities of a provider, bound to accounts."""

    name = "yonggong.proofs"
    label = "proofs"
    verbose_name = "身份核验"
