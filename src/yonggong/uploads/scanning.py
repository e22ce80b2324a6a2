"""Known viruses: ClamAV's daemon through its socket, where the installation has one.

The protocol is clamd's INSTREAM (clamd(8)): the content in pieces, each with its length in four
bytes, ended by a length of nought.
"""

from __future__ import annotations

import socket

from yonggong.uploads.errors import UploadRefused

_PIECE = 64 * 1024
_SECONDS = 60
_INFECTED = "文件未通过病毒检查，不能上传。请用杀毒软件检查您的电脑，重新生成文件后再上传。"
_SILENT = "病毒检查服务暂时不可用，文件没有上传。请稍后再试；仍不行请联系系统管理员。"
# The test file that every scanner knows as a virus (EICAR): refused with and without a scanner, so
# that an installation can try this way.
_TEST = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"


def scan(content: bytes, *, at: str) -> None:
    """Ask the scanner at a socket (`/path` or `host:port`; empty: there is none).

    Raises `UploadRefused` for what it knows, and where it does not answer: nothing is kept unseen.
    """
    if _TEST in content:
        raise UploadRefused(_INFECTED)
    if not at:
        return
    try:
        said = asked(at, b"zINSTREAM\0" + _in_pieces(content))
    except OSError:
        raise UploadRefused(_SILENT) from None
    if said.endswith("FOUND"):
        raise UploadRefused(_INFECTED)
    if not said.endswith("OK"):
        raise UploadRefused(_SILENT)


def asked(at: str, question: bytes) -> str:
    """The daemon's answer. Raises OSError where there is none."""
    with _connected(at) as connection:
        connection.sendall(question)
        answer = b""
        while not answer.endswith(b"\0"):
            piece = connection.recv(4096)
            if not piece:
                break
            answer += piece
    return answer.decode(errors="replace").strip("\0\n ")


def _connected(at: str) -> socket.socket:
    if at.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_SECONDS)
        try:
            connection.connect(at)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = at.rpartition(":")
    if not port.isdigit():
        raise OSError(f"not an address of ClamAV: {at}")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)


def _in_pieces(content: bytes) -> bytes:
    pieces = (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))
    return b"".join(len(piece).to_bytes(4, "big") + piece for piece in pieces) + b"\0\0\0\0"
