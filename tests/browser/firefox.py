"""Firefox as people have it, driven through its own Marionette; for `test_firefox.py`.

Playwright drives only a Firefox of its own making, which is not the one that people use.
"""

from __future__ import annotations

import base64
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from marionette_driver.by import By
from marionette_driver.errors import (
    JavascriptException,
    NoSuchElementException,
    StaleElementException,
)
from marionette_driver.marionette import Marionette

from tests.browser.pictures import KEPT

FIREFOX = os.environ.get("YONGGONG_FIREFOX") or shutil.which("firefox-esr") or "/usr/bin/firefox"
_PATIENCE_SECONDS = 60
# What the pages say when something of theirs fails: a script's error, a refusal of the policy.
_WATCH = """
window.failures = window.failures || [];
window.addEventListener('error', e => window.failures.push(String(e.message)));
document.addEventListener('securitypolicyviolation',
    e => window.failures.push(e.violatedDirective + ' ' + e.blockedURI));
"""


class Window:
    """A window of an office screen in Firefox."""

    def __init__(self, driver: Any, address: str, folder: Path) -> None:
        self.driver, self.address, self.folder = driver, address, folder

    def open(self, path: str) -> None:
        self.driver.navigate(self.address + path)

    def run(self, script: str, *given: Any) -> Any:
        """What a script returns that runs on the page."""
        return self.driver.execute_script(script, script_args=list(given), sandbox=None)

    def until(self, what: Callable[[], Any], why: str) -> Any:
        """What `what` gives as soon as it is true; AssertionError with `why` where it never is."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                if found := what():
                    return found
            except (NoSuchElementException, StaleElementException, JavascriptException):
                pass
            assert time.monotonic() < end, f"{why}\n{self.text('body')[:1500]}"
            time.sleep(0.05)

    def find(self, css: str) -> Any:
        return self.until(lambda: self.driver.find_element(By.CSS_SELECTOR, css), f"no {css}")

    def all(self, css: str) -> list[Any]:
        return list(self.driver.find_elements(By.CSS_SELECTOR, css))

    def text(self, css: str) -> str:
        return str(self.run("return document.querySelector(arguments[0])?.innerText ?? ''", css))

    def says(self, css: str, words: str) -> None:
        """Wait until the page says `words` there."""
        self.until(lambda: words in self.text(css), f"{css} never says {words}")

    def press(self, words: str, css: str = "button, a") -> None:
        """Press the button or link that reads `words`; a page that follows is waited for."""

        def named() -> Any:
            return next(
                (
                    item
                    for item in self.all(css)
                    if item.text.partition("\n")[0].strip() == words and item.is_displayed()
                ),
                None,
            )

        self.run("window.left = true")
        self.until(named, f"nothing to press reads {words}").click()

    def arrives(self) -> None:
        """Wait for the page that a press leads to, and watch it for failures."""
        self.until(
            lambda: self.run("return !window.left && document.readyState === 'complete'"),
            "no page came",
        )
        self.run(_WATCH)

    def write(self, name: str, value: str) -> None:
        """Answer one field of a form, whatever stands for it on the page."""
        self.find(f"[data-field={name}]")
        field = f"[data-field={name}]"
        if self.all(f"{field} input[type=radio]"):
            self.find(f"{field} input[value='{value}']").click()
        elif self.run("return Boolean(document.querySelector(arguments[0] + ' select'))", field):
            self.run(
                "const s = document.querySelector(arguments[0] + ' select');"
                "if (s.tomselect) s.tomselect.setValue(arguments[1]); else {"
                "s.value = arguments[1]; s.dispatchEvent(new Event('change', {bubbles: true})); }",
                field,
                value,
            )
        elif self.all(f"{field} input[type=date]"):
            self.run(
                "const i = document.querySelector(arguments[0] + ' input[type=date]');"
                "i.value = arguments[1];"
                "for (const n of ['input', 'change']) i.dispatchEvent(new Event(n, {bubbles: true}));",
                field,
                value,
            )
        else:
            typed = self.find(f"{field} input:not([type=hidden]), {field} textarea")
            typed.clear()
            typed.send_keys(value)
            self.run("arguments[0].blur()", typed)

    def value(self, name: str) -> str:
        return str(
            self.run("return document.querySelector(`[name=${arguments[0]}]`)?.value ?? ''", name)
        )

    def sign_in(self, username: str, password: str) -> None:
        self.open("/sign-in/")
        self.find("[name=username]").send_keys(username)
        self.find("[name=password]").send_keys(password)
        self.press("登录", "main button")  # the page's head has a link of this name
        self.arrives()

    def picture(self, name: str) -> None:
        """A picture of the window, where the guides are made anew."""
        if KEPT is None:
            return
        time.sleep(0.5)  # what moves comes to rest
        self.folder.joinpath(f"{name}.png").write_bytes(
            base64.b64decode(self.driver.screenshot(full=False))
        )

    def failures(self) -> list[str]:
        return list(self.run("return window.failures || []"))


@contextmanager
def firefox(address: str, folder: Path) -> Iterator[Window]:
    """A fresh Firefox in Chinese, its window as large as an office screen shows pages."""
    driver = Marionette(
        bin=FIREFOX,
        headless=True,
        # A file: whatever stands there is taken away first, be it /dev/null.
        gecko_log=str(folder / "gecko.log"),
        prefs={
            "intl.locale.requested": "zh-CN",
            "intl.accept_languages": "zh-CN,zh",
            "browser.download.folderList": 2,
            "browser.download.dir": str(folder),
            "browser.download.useDownloadDir": True,
            "browser.helperApps.neverAsk.saveToDisk": "text/csv",
        },
    )
    try:
        driver.start_session()
        driver.set_window_rect(width=1366, height=853)
        yield Window(driver, address, folder)
    finally:
        driver.cleanup()
