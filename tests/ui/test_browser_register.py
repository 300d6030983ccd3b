"""The duty register in a real browser."""

import urllib.request
from urllib.parse import urlsplit

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.ui.browser import HOSTILE, PATIENCE, PHONE, Browser, needed

pytestmark = needed


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


def test_the_register_asks_no_other_host(url: str, desktop: Browser) -> None:
    open_register(desktop, url)
    assert desktop.hosts() == {urlsplit(url).netloc}
