"""The page in a real browser: ask, see the marked date, click through to the source."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
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
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="Chromium and its driver are not installed (apt-get install chromium chromium-driver)",
)
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-prefers-reduced-motion",
)  # fmt: skip
QUESTION = "瓶改管 deadline?"
HOSTILE = '<img src=x onerror="window.hit=1">${window.hit=2}{{value}}</p><script>window.hit=3</script>'
PATIENCE = 30
DESKTOP, PHONE = (1200, 900), (390, 844)


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    """The real server, as `yiju serve` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())"]
    process = subprocess.Popen([*command, "serve", "--home", str(home), "--port", str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


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
        waiting = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
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


def card_of(turn: WebElement, number: str) -> WebElement:
    cards = [card for card in turn.find_elements(By.CSS_SELECTOR, ".card") if number in card.text]
    assert cards, f"no card of {number}"
    return cards[0]


def marked(card: WebElement) -> list[str]:
    return [mark.text for mark in card.find_elements(By.CSS_SELECTOR, ".quotation mark.answers")]


@pytest.fixture(scope="module")
def desktop(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(url, DESKTOP, tmp_path_factory.mktemp("desktop"))
    yield browser
    browser.driver.quit()


@pytest.fixture(scope="module")
def phone(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(url, PHONE, tmp_path_factory.mktemp("phone"))
    yield browser
    browser.driver.quit()


def test_the_answer_is_marked_and_the_click_shows_it_in_the_source(desktop: Browser) -> None:
    turn = desktop.ask(QUESTION)
    assert "2024年底前" in marked(card_of(turn, "襄安委〔2024〕5号"))
    assert "2024年底前" in marked(card_of(turn, "青政文〔2024〕23号"))
    page = desktop.driver.current_window_handle
    desktop.press(card_of(turn, "襄安委〔2024〕5号").find_element(By.LINK_TEXT, "查看原文"))
    desktop.wait(lambda: len(desktop.driver.window_handles) > 1)
    desktop.driver.switch_to.window(desktop.driver.window_handles[-1])
    try:
        desktop.wait(lambda: desktop.all("#quotation"))
        quotation = desktop.all("#quotation")[0]
        assert quotation.text == "2024年底前"
        assert "瓶改管" in desktop.all(".clause:has(#quotation)")[0].text
        script = "const b = document.getElementById('quotation').getBoundingClientRect();"
        assert desktop.runs(
            script + "return b.top >= 0 && b.bottom <= window.innerHeight && window.scrollY > 0"
        )
        assert desktop.complaints() == []
    finally:
        desktop.driver.close()
        desktop.driver.switch_to.window(page)


def test_a_follow_up_knows_what_was_asked(desktop: Browser) -> None:
    desktop.ask(QUESTION)
    turn = desktop.ask("那驻马店呢")
    first = turn.find_elements(By.CSS_SELECTOR, ".card")[0]
    assert "驻安委〔2024〕7号" in first.text
    assert "瓶改管" in first.text


def test_the_quotation_unfolds_and_the_reference_is_copied(desktop: Browser) -> None:
    card = card_of(desktop.ask(QUESTION), "襄安委〔2024〕5号")
    for button in card.find_elements(By.CSS_SELECTOR, "[data-unfold]"):
        desktop.press(button)
    assert "住房和城乡建设局" in card.find_element(By.CSS_SELECTOR, ".quotation").text
    copy = card.find_element(By.CSS_SELECTOR, "[data-copy]")
    desktop.press(copy)
    desktop.wait(lambda: copy.text == "已复制")


def test_neighbours_are_shown_on_demand(desktop: Browser) -> None:
    around = desktop.ask(QUESTION).find_element(By.CSS_SELECTOR, ".around")
    assert "下一条" not in around.text
    desktop.press(around.find_element(By.TAG_NAME, "summary"))
    assert "下一条" in around.text


def test_a_refusal_reads_like_help(desktop: Browser) -> None:
    turn = desktop.ask("月球基地的房租每月多少钱？")
    assert "没有" in turn.find_element(By.CSS_SELECTOR, ".verdict").text
    assert "可以试试" in turn.text
    assert not turn.find_elements(By.CSS_SELECTOR, "mark.answers")


def test_what_is_typed_stays_text(desktop: Browser) -> None:
    turn = desktop.ask(HOSTILE)
    assert HOSTILE in turn.find_element(By.CSS_SELECTOR, ".asked").text
    assert desktop.runs("return window.hit") is None
    assert not turn.find_elements(By.CSS_SELECTOR, "img, script")


def scope_opened(browser: Browser) -> bool:
    """Whether the choice of places is open; asks for it again where the page had not listened yet."""
    if any(field.is_displayed() for field in browser.all("#scope input")):
        return True
    browser.all("#scope button")[0].click()
    return False


def chosen(browser: Browser, name: str) -> bool:
    """Chooses the option of that name, once it is there."""
    options = [option for option in browser.all("[role=option]") if option.text == name]
    for option in options[:1]:
        option.click()
    return bool(options)


def test_a_chosen_place_narrows_the_answer(url: str, desktop: Browser) -> None:
    desktop.driver.get(url)
    desktop.wait(lambda: desktop.all("#scope button"))
    desktop.wait(lambda: any("4 份文件" in status.text for status in desktop.all(".ready")))
    desktop.wait(lambda: scope_opened(desktop))
    desktop.all("#scope input")[0].click()
    # The list opens before its words are drawn.
    desktop.wait(lambda: chosen(desktop, "襄城县"))
    desktop.wait(lambda: "只查：襄城县" in desktop.all("#scope")[0].text)
    turn = desktop.ask(QUESTION)
    assert {card.text for card in turn.find_elements(By.CSS_SELECTOR, ".card .place")} == {"襄城县"}


def test_an_empty_question_is_told(desktop: Browser) -> None:
    assert "问题是空的" in desktop.ask(" ").text


def test_an_example_is_one_click_away(url: str, phone: Browser) -> None:
    phone.driver.get(url)
    phone.wait(lambda: phone.all("#examples button"))
    assert phone.fits()
    phone.press(phone.all("#examples button")[0])
    phone.wait(lambda: phone.all(".turn .card"))
    assert "2024年底前" in marked(card_of(phone.all(".turn")[0], "襄安委〔2024〕5号"))


def test_nothing_runs_over_the_edge_of_a_phone(url: str, phone: Browser) -> None:
    phone.ask(QUESTION)
    phone.ask("月球基地的房租每月多少钱？" + "x" * 200)
    assert phone.fits()
    for document in ("xiangcheng-2024-5", "xiuyan-2024-3"):
        phone.driver.get(f"{url}/source/{document}")
        phone.wait(lambda: phone.all(".clause"))
        assert phone.fits(), document


def test_a_list_is_answered_with_its_table_and_opens_the_register(url: str, desktop: Browser) -> None:
    desktop.driver.get(url)
    desktop.wait(lambda: desktop.all("#asking textarea"))
    turn = desktop.ask("应急管理局2025年底前要完成哪些任务")
    total = turn.find_element(By.CSS_SELECTOR, ".verdict").text
    rows = turn.find_elements(By.CSS_SELECTOR, ".listing tbody tr")
    assert total == f"共 {len(rows)} 项任务"
    assert sum(row.is_displayed() for row in rows) == min(len(rows), 30) < len(rows)
    desktop.press(turn.find_element(By.CSS_SELECTOR, ".listing summary"))
    desktop.wait(lambda: all(row.is_displayed() for row in rows))
    assert desktop.fits()
    desktop.driver.get(turn.find_element(By.CSS_SELECTOR, ".to-register a").get_attribute("href") or "")
    desktop.wait(lambda: desktop.all("#register .verdict"))
    assert desktop.all("#register .verdict")[0].text == total
    assert field_of(desktop, "期限到").get_attribute("value") == "2025-12-31"
    assert desktop.complaints() == []


def open_register(browser: Browser, url: str) -> None:
    browser.driver.get(url)
    browser.wait(lambda: any("4 份文件" in status.text for status in browser.all(".ready")))
    browser.wait(lambda: register_opened(browser))


def register_opened(browser: Browser) -> bool:
    """Whether the register is shown; asks for it again where the page had not listened yet."""
    if browser.all("#register table"):
        return True
    for tab in browser.all("button[role=tab]"):
        if tab.text == "任务台账":
            tab.click()
    return False


def field_of(browser: Browser, label: str) -> WebElement:
    return browser.driver.find_element(
        By.XPATH, f"//label[.//*[contains(text(), '{label}')]]//*[self::input or self::textarea]"
    )


def sources(browser: Browser) -> set[str]:
    return {place.text for place in browser.all("#register td .place")}


def test_the_register_is_filtered_and_leads_to_the_clause(url: str, desktop: Browser) -> None:
    open_register(desktop, url)
    assert len(sources(desktop)) > 1
    assert desktop.all("#register .timeline svg rect")
    field_of(desktop, "关键词").send_keys("瓶改管", Keys.ENTER)
    desktop.wait(lambda: all("瓶改管" in row.text for row in desktop.all("#register tbody tr")))
    field_of(desktop, "基准日期").send_keys("2024-12-15", Keys.ENTER)
    desktop.wait(lambda: desktop.all("#register td .light.soon"))
    page = desktop.driver.current_window_handle
    desktop.press(desktop.all("#register td a")[0])
    desktop.wait(lambda: len(desktop.driver.window_handles) > 1)
    desktop.driver.switch_to.window(desktop.driver.window_handles[-1])
    try:
        desktop.wait(lambda: desktop.all("#quotation"))
        assert "瓶改管" in desktop.all(".clause:has(#quotation)")[0].text
    finally:
        desktop.driver.close()
        desktop.driver.switch_to.window(page)
    assert desktop.complaints() == []


def test_an_unknown_unit_is_told_with_the_nearest_names(url: str, desktop: Browser) -> None:
    open_register(desktop, url)
    desktop.all("#register-filters input[aria-label=责任单位]")[0].send_keys(
        "应急管里局" + HOSTILE, Keys.ENTER
    )
    desktop.wait(lambda: desktop.all("#register .trouble"))
    assert "没有任务提到“应急管里局<img" in desktop.all("#register .trouble")[0].text
    assert desktop.runs("return window.hit") is None


def comparing_opened(browser: Browser) -> bool:
    """Whether the comparison is shown; asks for it again where the page had not listened yet."""
    if any(button.is_displayed() for button in browser.all("#compare")):
        return True
    for tab in browser.all("button[role=tab]"):
        if tab.text == "对照":
            tab.click()
    return False


def tops_of_three(browser: Browser, url: str) -> set[int]:
    """At which heights the cards of the first example begin."""
    browser.driver.get(url)
    browser.wait(lambda: comparing_opened(browser))
    browser.press(browser.all("#comparisons button")[0])
    browser.wait(lambda: len(browser.all("#comparison .card")) == 3)
    assert browser.fits()
    return {card.location["y"] for card in browser.all("#comparison .card")}


def test_documents_are_set_side_by_side(url: str, desktop: Browser, phone: Browser) -> None:
    assert len(tops_of_three(desktop, url)) == 1
    assert len(tops_of_three(phone, url)) == 3
    assert "未提到：《岫岩县" in desktop.all("#comparison .silent")[0].text
    assert "辖区" in [mark.text for mark in desktop.all("#comparison mark.differs")]
    assert desktop.complaints() == []


def test_what_is_compared_stays_text(url: str, desktop: Browser) -> None:
    desktop.driver.get(url)
    desktop.wait(lambda: comparing_opened(desktop))
    desktop.all("#comparing textarea, #comparing input")[0].send_keys(HOSTILE, Keys.ENTER)
    desktop.wait(lambda: desktop.all("#comparison .verdict"))
    assert desktop.runs("return window.hit") is None


def test_the_register_fits_a_phone_and_its_files_download(url: str, phone: Browser) -> None:
    open_register(phone, url)
    assert phone.runs("return document.documentElement.scrollWidth") == PHONE[0]
    links = [link.get_attribute("href") for link in phone.all("#register .download")]
    assert [urlsplit(str(link)).path for link in links] == [
        "/v1/tasks.csv",
        "/v1/tasks.xlsx",
        "/v1/tasks.ics",
    ]
    for link in links:
        with urllib.request.urlopen(str(link), timeout=PATIENCE) as sent:
            assert "attachment" in sent.headers["content-disposition"]
            assert sent.read()


def test_no_request_leaves_the_host(url: str, desktop: Browser) -> None:
    desktop.driver.get(url)
    desktop.wait(lambda: desktop.all("#asking textarea"))
    desktop.ask(QUESTION)
    desktop.driver.get(f"{url}/docs")
    desktop.wait(lambda: desktop.all("#swagger-ui .opblock"))
    assert desktop.hosts() == {urlsplit(url).netloc}
