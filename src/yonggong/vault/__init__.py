"""Personal data at rest: sealing, look-up digests, masking. See README.md."""

from yonggong.vault.masking import mask
from yonggong.vault.sealing import digest, open_sealed, seal

__all__ = ["digest", "mask", "open_sealed", "seal"]
