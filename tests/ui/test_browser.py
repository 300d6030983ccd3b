"""The page in a real browser: ask, see the marked date, click through to the source."""

from urllib.parse import urlsplit

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.ui.browser import HOSTILE, QUESTION, Browser, needed

pytestmark = needed


def card_of(turn: WebElement, number: str) -> WebElement:
    cards = [card for card in turn.find_elements(By.CSS_SELECTOR, ".card") if number in card.text]
    assert cards, f"no card of {number}"
    return cards[0]


def marked(card: WebElement) -> list[str]:
    return [mark.text for mark in card.find_elements(By.CSS_SELECTOR, ".quotation mark.answers")]


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


def test_no_request_leaves_the_host(url: str, desktop: Browser) -> None:
    desktop.driver.get(url)
    desktop.wait(lambda: desktop.all("#asking textarea"))
    desktop.ask(QUESTION)
    desktop.driver.get(f"{url}/docs")
    desktop.wait(lambda: desktop.all("#swagger-ui .opblock"))
    assert desktop.hosts() == {urlsplit(url).netloc}
