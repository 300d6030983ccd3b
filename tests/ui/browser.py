"""A real Chromium window at the real server, driven by its driver."""

import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-prefers-reduced-motion",
)  # fmt: skip
PATIENCE = 30
LOOK_EVERY = 0.05
DESKTOP, PHONE = (1200, 900), (390, 844)


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 10):
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"not ready after {PATIENCE} s")


class Browser:
    """The page in one Chromium window."""

    def __init__(self, url: str, size: tuple[int, int], profile: Path) -> None:
        options = webdriver.ChromeOptions()
        for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}"):
            options.add_argument(flag)
        if size == PHONE:
            metrics = {"width": size[0], "height": size[1], "pixelRatio": 2}
            options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
        options.binary_location = str(CHROMIUM)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        self.driver.get(url)
        self.wait(lambda: self.all("#asking textarea"))

    def all(self, selector: str) -> list[WebElement]:
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found

    def wait(self, until: Callable[[], object]) -> None:
        waiting = WebDriverWait(
            self.driver, PATIENCE, LOOK_EVERY, ignored_exceptions=[StaleElementReferenceException]
        )
        waiting.until(lambda _driver: until())

    def ask(self, question: str) -> WebElement:
        """Types the question; returns the turn that answers it."""
        before = len(self.all(".turn"))
        self.all("#asking textarea")[0].send_keys(question, Keys.ENTER)
        self.wait(lambda: len(self.all(".turn")) > before)
        return self.all(".turn")[-1]

    def runs(self, script: str) -> object:
        result: object = self.driver.execute_script(script)
        return result

    def press(self, element: WebElement) -> None:
        """Clicks an element, brought out from under the line where questions are written first."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def hosts(self) -> set[str]:
        """Every host that the page asked for anything."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [
            urlsplit(message["params"]["request"]["url"])
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]
        return {
            url.netloc for url in asked if url.scheme not in {"data", "blob", "chrome", "chrome-extension"}
        }

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def fits(self) -> bool:
        return bool(self.runs("return document.documentElement.scrollWidth <= window.innerWidth"))


needed = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="Chromium and its driver are not installed (apt-get install chromium chromium-driver)",
)
"""Marks tests that ask for a browser."""
HOSTILE = '<img src=x onerror="window.hit=1">${window.hit=2}{{value}}</p><script>window.hit=3</script>'
QUESTION = "瓶改管 deadline?"
