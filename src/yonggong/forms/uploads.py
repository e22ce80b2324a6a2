"""Slots for files on a form's page. Where the files lie, and what they may be, is for the room
that stores them; here is only how a slot looks and what its script sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Two endings of one kind of file.
_SAME = {"JPEG": "JPG", "HEIF": "HEIC"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """A file already in a slot. Without `delete_url` it stays, without `view_url` it is only
    named."""

    name: str
    size: int
    view_url: str
    download_url: str = ""
    delete_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadSlot:
    """One material: `accept` as of an input (".jpg,.png,.pdf"), `max_bytes` a file.

    `upload_url` takes a POST with the file as `file`; `UploadedFile.delete_url` takes a POST. Both
    answer with `slot_response`, or with a status of 4xx and one line of Chinese as plain text.
    Without scripts the file is sent with the form itself, under the slot's name.
    """

    name: str
    label: str
    required: bool = False
    accept: str = ".jpg,.jpeg,.png,.pdf"
    max_bytes: int = 10 * 1024 * 1024
    hint: str = ""
    upload_url: str = ""
    files: Sequence[UploadedFile] = ()
    problem: str = ""
    multiple: bool = False
    # What is said of what is there; where else than from a file it can come.
    said: str = ""
    choose_url: str = ""
    # Where it is a form of the page itself, to be signed by others: its print, and what to do with it.
    form_url: str = ""
    form_note: str = ""
    choose_label: str = ""

    @property
    def id(self) -> str:
        """The anchor of the slot."""
        return f"f-{self.name}"

    @property
    def limits(self) -> str:
        """What may be put in, in words."""
        written = (kind.strip(" .").upper() for kind in self.accept.split(","))
        kinds = "、".join(dict.fromkeys(_SAME.get(kind, kind) for kind in written))
        return f"{kinds}，不超过 {self.max_bytes // (1024 * 1024)} MB"


def slot_response(request: HttpRequest, slot: UploadSlot, *, status: int = 200) -> HttpResponse:
    """The slot as it stands now, as a fragment for `uploads.js`."""
    return render(request, "forms/upload.html", {"slot": slot}, status=status)
