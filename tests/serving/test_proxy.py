"""The proxy's file does, in a real nginx, what it is there for."""

from __future__ import annotations

import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.ports import free_port
from tests.proofs.authority import Authority
from yonggong.serving import soundness

_FILES = Path(__file__).resolve().parents[2] / "deploy" / "nginx"
_BOTH, _OFFICE = "yonggong.conf", "yonggong-office.conf"
_CERTIFICATE = "yonggong-certificate.conf"
_HOST = "yonggong.example.gov.cn"


@dataclass
class Behind:
    """What reached the platform's place: requests as (method, path, headers, body's length)."""

    port: int
    https: int
    seen: list[tuple[str, str, dict[str, str], int]] = field(default_factory=list)
    folder: Path = Path()

    def connect(self, shown: Path | None = None) -> HTTPSConnection:
        trusting = ssl._create_unverified_context()
        if shown is not None:  # a certificate and its key
            trusting.load_cert_chain(shown)
        return HTTPSConnection("127.0.0.1", self.https, timeout=60, context=trusting)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        shown: Path | None = None,
        **headers: str,
    ) -> Any:
        one = self.connect(shown)
        one.request(method, path, body, {"Host": _HOST, **headers})
        answer = one.getresponse()
        answer.read()
        one.close()
        return answer


@pytest.fixture
def behind(request: pytest.FixtureRequest) -> Iterator[Behind]:
    """The platform behind the proxy's file, or behind the one that a test names."""
    seen: list[tuple[str, str, dict[str, str], int]] = []

    class Platform(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            self.rfile.read(length)
            seen.append((self.command, self.path, dict(self.headers.items()), length))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_POST = do_GET

        def log_message(self, *said: object) -> None:
            return None

    platform = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    threading.Thread(target=platform.serve_forever, daemon=True).start()
    place = Behind(platform.server_port, free_port(), seen)
    with tempfile.TemporaryDirectory(prefix="yonggong-") as folder:
        place.folder = Path(folder)
        nginx = _start(Path(folder), place, *getattr(request, "param", (_BOTH,)))
        yield place
        nginx.terminate()
        nginx.wait(20)
    platform.shutdown()


def _start(folder: Path, place: Behind, file: str, network: str = "") -> subprocess.Popen[bytes]:
    """nginx with the file as it is, but for what its first lines tell an installation to put in;
    `network`: the addresses that are let in, where the file names any."""
    _certify(folder)
    text = (_FILES / file).read_text()
    upstream = "8001" if file == _OFFICE else "8000"
    if network:
        text = text.replace("allow 10.0.0.0/8;", f"allow {network};")
    port = "8443" if file == _CERTIFICATE else "443"
    put_in = [
        (f"server 127.0.0.1:{upstream};", f"server 127.0.0.1:{place.port};"),
        (f"listen {port} ssl http2;", f"listen 127.0.0.1:{place.https} ssl http2;"),
        ("/etc/ssl/yonggong/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
    ]
    if file != _CERTIFICATE:
        put_in.append(("listen 80;", f"listen 127.0.0.1:{free_port()};"))
    for written, here in put_in:
        assert written in text
        text = text.replace(written, here)
    (folder / "yonggong.conf").write_text(text)
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # One process, so that it runs as whoever tests.
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\naccess_log off;\n{places}"
        f"include {folder}/yonggong.conf;\n}}\n"
    )
    command = ["/usr/sbin/nginx", "-e", f"{folder}/errors", "-c", f"{folder}/nginx.conf"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    nginx = subprocess.Popen(command)
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", place.https)).close()
            return nginx
        except OSError:
            assert nginx.poll() is None and time.monotonic() < until, "nginx did not start"
            time.sleep(0.05)


def _certify(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _HOST)])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(),
                                   now, now + timedelta(days=1))  # fmt: skip
    signed = made.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def test_the_platform_learns_who_asks_and_nothing_forged(behind: Behind) -> None:
    forged = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "http", "Forwarded": "for=1.2.3.4"}
    behind.ask("GET", "/a/?b=1", **forged)
    ((method, path, headers, _),) = behind.seen
    assert (method, path, headers["Host"]) == ("GET", "/a/?b=1", _HOST)
    assert (headers["X-Forwarded-For"], headers["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert "1.2.3.4" not in str(headers)


@pytest.mark.parametrize(
    ("path", "megabytes", "passes"),
    [
        ("/sign-in/", 3, True),
        ("/sign-in/", 5, False),
        ("/employer/batch/", 60, True),
        ("/person/case/1/form/", 60, True),
        ("/employer/batch/", 70, False),
    ],
)
def test_what_is_too_large_goes_no_further(
    behind: Behind, path: str, megabytes: int, passes: bool
) -> None:
    length = megabytes * 1024 * 1024
    one = behind.connect()
    one.putrequest("POST", path, skip_host=True)
    one.putheader("Host", _HOST)
    one.putheader("Content-Length", str(length))
    one.endheaders(b"x" * length if passes else None)
    assert one.getresponse().status == (200 if passes else 413)
    one.close()
    assert [seen[3] for seen in behind.seen] == ([length] if passes else [])


def test_half_a_form_never_reaches_the_platform(behind: Behind) -> None:
    one = behind.connect()
    one.putrequest("POST", "/sign-in/", skip_host=True)
    one.putheader("Host", _HOST)
    one.putheader("Content-Length", "1000")
    one.endheaders(b"a=")
    assert behind.ask("GET", "/").status == 200, "others are served meanwhile"
    with pytest.raises((OSError, ssl.SSLError)):  # cut off in fifteen seconds
        one.getresponse()
    assert [seen[1] for seen in behind.seen] == ["/"]


def test_one_address_holds_so_many_connections_and_no_more(behind: Behind) -> None:
    """Counted while a request is being read."""

    def half(_: int) -> HTTPSConnection:
        one = behind.connect()
        one.putrequest("POST", "/a/", skip_host=True)
        one.putheader("Host", _HOST)
        one.putheader("Content-Length", "10")
        one.endheaders(b"a=")
        return one

    with ThreadPoolExecutor(20) as pool:
        held = list(pool.map(half, range(110)))
    assert behind.ask("GET", "/").status == 429
    for one in held:
        one.close()


def test_a_flood_of_sign_ins_is_thinned_and_pages_are_not(behind: Behind) -> None:
    # One a second and thirty beyond: far more than that, however long the machine takes for them.
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(behind.ask, "POST", "/sign-in/", b"a=b") for _ in range(120)]
    statuses = [one.result().status for one in asked]
    assert statuses.count(200) >= 30 and statuses.count(429) >= 10
    assert {behind.ask("GET", "/sign-in/").status for _ in range(45)} == {200}


@pytest.mark.parametrize(
    "behind", [(_BOTH,), (_OFFICE, "127.0.0.0/8"), (_CERTIFICATE,)], indirect=True
)
def test_what_is_searched_for_stands_in_no_log_of_the_proxy(behind: Behind) -> None:
    for _ in range(80):  # of the certificate's port more than its limit lets through
        behind.ask("GET", "/sign-in/certificate/tls/?number=220104199003075016")
    written = [path for path in behind.folder.iterdir() if path.suffix == ".log"]
    logged = "".join(path.read_text() for path in (*written, behind.folder / "errors"))
    assert '"GET /sign-in/certificate/tls/ HTTP/1.1" 200' in logged
    assert "220104199003075016" not in logged


@pytest.mark.parametrize(
    ("behind", "status"),
    [((_OFFICE,), 403), ((_OFFICE, "127.0.0.0/8"), 200)],
    indirect=["behind"],
    ids=["from elsewhere", "from the bureaus' network"],
)
def test_only_the_bureaus_network_is_let_in(behind: Behind, status: int) -> None:
    assert behind.ask("GET", "/bureau/").status == status
    assert [seen[1] for seen in behind.seen] == (["/bureau/"] if status == 200 else [])


# What a caller shows in TLS.
_TLS = "/sign-in/certificate/tls/"


def test_nobody_tells_the_platform_of_a_certificate_by_a_header(behind: Behind) -> None:
    forged = {"X-Client-Certificate": "forged", "X_Client_Certificate": "forged"}
    behind.ask("GET", _TLS, **forged)
    assert "forged" not in str(behind.seen[0])


@pytest.mark.parametrize("behind", [(_CERTIFICATE,)], indirect=True, ids=["certificates"])
def test_the_proxy_tells_what_was_shown_and_nothing_else(behind: Behind, tmp_path: Path) -> None:
    held = Authority(datetime.now(UTC)).issue()
    key = held.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (tmp_path / "own.pem").write_bytes(held.pem + key)
    forged = {"X-Client-Certificate": "forged", "X_Client_Certificate": "forged"}
    behind.ask("GET", _TLS, shown=tmp_path / "own.pem", **forged)
    behind.ask("POST", _TLS, **forged)
    by_certificate, without = (headers for _, _, headers, _ in behind.seen)
    told = unquote_to_bytes(by_certificate["X-Client-Certificate"])
    assert x509.load_pem_x509_certificate(told) == held.certificate
    assert "X-Client-Certificate" not in without
    assert "forged" not in str(behind.seen)
    assert by_certificate["Host"] == f"{_HOST}:{behind.https}"


@pytest.mark.parametrize("behind", [(_CERTIFICATE,)], indirect=True, ids=["certificates"])
def test_other_pages_are_where_everybody_is(behind: Behind) -> None:
    answer = behind.ask("GET", "/employer/?a=1")
    assert (answer.status, answer.headers["Location"]) == (302, f"https://{_HOST}/employer/?a=1")
    assert behind.seen == []


def test_the_two_files_differ_in_names_and_in_who_is_let_in() -> None:
    """What one proxy holds off, the other does too."""
    both, office = ((_FILES / name).read_text().splitlines() for name in (_BOTH, _OFFICE))
    own = ("yonggong", "server 127.0.0.1", "~^POST")
    limits = [line for line in both if line.startswith("    ") and not any(map(line.count, own))]
    assert len(limits) > 25
    assert [line for line in limits if line not in office] == []


def test_check_knows_whether_the_proxy_is_there(behind: Behind, settings: Any) -> None:
    settings.PUBLIC_HOSTS = [f"127.0.0.1:{behind.https}"]
    assert soundness._proxy().sound
    settings.PUBLIC_HOSTS.append(f"127.0.0.1:{behind.port}")
    found = soundness._proxy()
    assert not found.sound and f"127.0.0.1:{behind.port}" in found.found
    assert "deploy/nginx/yonggong.conf" in found.remedy
