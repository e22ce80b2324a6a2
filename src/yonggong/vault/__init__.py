"""Personal data at rest: sealing, look-up digests, masking. See README.md."""

from yonggong.vault.digests import digest
from yonggong.vault.masking import mask
from yonggong.vault.sealing import open_sealed, seal

__all__ = ["digest", "mask", "open_sealed", "seal"]
