"""Documents set side by side, in a real browser."""

from urllib.parse import urlsplit

from selenium.webdriver.common.keys import Keys

from tests.ui.browser import HOSTILE, Browser, needed

pytestmark = needed


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


def test_the_comparison_asks_no_other_host(url: str, desktop: Browser) -> None:
    tops_of_three(desktop, url)
    assert desktop.hosts() == {urlsplit(url).netloc}
