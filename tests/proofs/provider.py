"""A provider of identities, run as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.ports import free_port


@dataclass
class Provider:
    """The process; `people` are the claims of those who may sign in there."""

    people: list[dict[str, Any]]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        claims = [part for one in self.people for part in ("--user-claims", json.dumps(one))]
        command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(self.port)]
        self.process = subprocess.Popen(
            [*command, *claims], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while True:
            try:
                requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=5)
                return
            except requests.RequestException:
                assert self.process.poll() is None and time.monotonic() < until
                time.sleep(0.1)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)

    @staticmethod
    def agree(address: str, subject: str) -> str:
        """What somebody does there who scans the code: the address they are sent back to."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]
