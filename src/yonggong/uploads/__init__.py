"""Files that people bring: opened with a real library in a process with limits, told by content."""

from yonggong.uploads.errors import UploadRefused
from yonggong.uploads.taking import Opened, opened
from yonggong.uploads.types import FileType

__all__ = ["FileType", "Opened", "UploadRefused", "opened"]
