"""Whether a PDF would do something by itself when it is opened (ISO 32000-2, 12.6)."""

from __future__ import annotations

import re
import zlib

# Actions that run a script, start a program, send the form away or open another file. None is so
# short (as /JS is, which only ever stands beside /JavaScript) that a picture's bytes spell it.
_ACTIONS = re.compile(
    rb"/(?:JavaScript|Launch|SubmitForm|ImportData|GoToE|RichMedia)(?![A-Za-z0-9])"
)
# A name may spell any of its characters by number: /J#61vaScript.
_SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Objects may lie compressed in a stream of their own; pictures and fonts need not be read.
_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
_LARGEST = 16 * 1024 * 1024


def acts(content: bytes) -> bool:
    """Whether the file holds an action that a viewer would carry out beyond showing its pages.

    What cannot be unpacked, or not within 16 MB, counts as acting: it is not a scan.
    """
    if _names_an_action(content):
        return True
    return any(
        _stream_acts(content[found.end() : content.find(b"endstream", found.end())])
        for found in _OBJECTS.finditer(content)
    )


def _stream_acts(compressed: bytes) -> bool:
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(compressed, _LARGEST)
    except zlib.error:
        # Encrypted, or packed in a way that no program which makes scans or papers uses here.
        return True
    return bool(unpacking.unconsumed_tail) or _names_an_action(plain)


def _names_an_action(content: bytes) -> bool:
    plain = _SPELLED.sub(lambda found: bytes([int(found[1], 16)]), content)
    return _ACTIONS.search(plain) is not None
