"""Documents come and go on the page, in a real browser: previewed, taken in, cited, replaced, taken out."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.ui.browser import DESKTOP, HOSTILE, PHONE, Browser, needed
from tests.ui.serving import serving

pytestmark = needed
QUESTION = "临江县屋顶光伏电站防雷检测什么时候完成"
OLD_WORDS, NEW_WORDS = "2025年9月底前", "2026年3月底前"
KEY = "a-long-enough-key-0123456789"


def word_file(path: Path, by_when: str) -> Path:
    document = docx.Document()
    for line in (
        "临江县安全生产委员会文件", "临安委〔2025〕8号", "关于做好屋顶光伏电站防雷检测工作的通知", "各乡镇人民政府：",
        "现将有关事项通知如下。", "一、工作目标",
        f"（一）完成屋顶光伏电站防雷检测。{by_when}完成全县屋顶光伏电站防雷检测。（县气象局牵头）",
        "（二）建立检测台账。每季度更新一次。（县发展改革局负责）", "临江县安全生产委员会", "2025年3月5日",
    ):  # fmt: skip
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    folder = tmp_path_factory.mktemp("files")
    broken = folder / "坏的.docx"
    broken.write_bytes(b"this is no Word file")
    return word_file(folder / "通知.docx", OLD_WORDS), word_file(folder / "修订.docx", NEW_WORDS), broken


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: what is taken in here is not to answer elsewhere."""
    with serving(tmp_path_factory.mktemp("library") / "home") as address:
        yield address


@pytest.fixture(scope="module")
def library(own_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(own_url, DESKTOP, tmp_path_factory.mktemp("library-desktop"))
    yield browser
    browser.driver.quit()


def opened(browser: Browser, name: str, field: str) -> bool:
    """Whether that tab is shown; asks for it again where the page had not listened yet."""
    if any(each.is_displayed() for each in browser.all(field)):
        return True
    for tab in browser.all("button[role=tab]"):
        if (tab.get_attribute("textContent") or "").strip() == name:
            tab.click()
    return False


def open_files(browser: Browser, url: str) -> None:
    browser.driver.get(url)
    browser.wait(lambda: opened(browser, "文件管理", "#files-search input, #files-search textarea"))
    browser.wait(lambda: browser.all("#files-held table"))


def shown(browser: Browser, selector: str) -> list[WebElement]:
    return [each for each in browser.all(selector) if each.is_displayed()]


def drop(browser: Browser, *paths: Path) -> None:
    browser.wait(lambda: browser.all("#files-drop input[type=file]"))
    browser.all("#files-drop input[type=file]")[0].send_keys("\n".join(map(str, paths)))


def said(browser: Browser) -> str:
    return "".join(each.text for each in browser.all("#files-said"))


def choose(browser: Browser, field: str, words: str) -> None:
    box = browser.all(f"{field} input")[0]
    browser.press(box)
    box.send_keys(words)

    def picked() -> bool:
        options = [option for option in browser.all("[role=option]") if words in option.text]
        for option in options[:1]:
            option.click()
        return bool(options)

    browser.wait(picked)


def cited(browser: Browser, url: str) -> str:
    """All that the answer's citations say."""
    browser.driver.get(url)
    browser.wait(lambda: opened(browser, "问答", "#asking textarea"))
    turn = browser.ask(QUESTION)
    return "\n".join(card.text for card in turn.find_elements(By.CSS_SELECTOR, ".card:not(.near) .quotation"))


def test_a_document_goes_its_way_on_the_page(
    own_url: str, library: Browser, files: tuple[Path, Path, Path]
) -> None:
    old, new, broken = files
    assert OLD_WORDS not in cited(library, own_url)

    open_files(library, own_url)
    drop(library, old, broken)
    library.wait(lambda: len(library.all("#files-preview tbody tr")) == 2)
    rows = [row.text for row in library.all("#files-preview tbody tr")]
    assert "临安委〔2025〕8号" in rows[0]
    assert "可以加入" in rows[0]
    assert "读不了" in rows[1]
    library.wait(lambda: library.all(".read-outline"))
    assert "（一）完成屋顶光伏电站防雷检测" in library.all(".read-outline")[0].text
    assert "共 4 份" in library.all("#files-held")[0].text
    library.press(shown(library, "#files-add")[0])
    library.wait(lambda: "已加入 1 份文件" in said(library))
    assert "共 5 份" in library.all("#files-held")[0].text
    assert "已备 5 份文件" in library.all(".ready")[0].text
    assert not shown(library, "#files-add")
    assert OLD_WORDS in cited(library, own_url)

    open_files(library, own_url)
    drop(library, new)
    library.wait(lambda: shown(library, "#files-version"))
    assert not shown(library, "#files-add")
    assert "相同" in library.all("#files-preview")[0].text
    library.press(shown(library, "#files-version")[0])
    library.wait(lambda: "已加入 1 份文件" in said(library))
    assert "第2版" in library.all("#files-held tbody")[0].text
    answer = cited(library, own_url)
    assert NEW_WORDS in answer
    assert OLD_WORDS not in answer
    library.driver.get(f"{own_url}/source/通知@1")
    library.wait(lambda: library.all(".warning"))
    assert "替代" in library.all(".warning")[0].text
    library.press(library.all(".versions a")[0])
    library.wait(lambda: NEW_WORDS in library.all("main")[0].text)

    open_files(library, own_url)
    library.press(library.all("#files-one button")[0])
    library.wait(lambda: shown(library, "#files-one-which input"))
    choose(library, "#files-one-which", "光伏")
    library.wait(lambda: shown(library, "#files-remove"))
    library.press(shown(library, "#files-remove")[0])
    library.wait(lambda: shown(library, "#files-yes"))
    assert "光伏" in library.all("#files-sure")[0].text
    library.press(shown(library, "#files-yes")[0])
    library.wait(lambda: "已移除" in said(library))
    assert "共 4 份" in library.all("#files-held")[0].text
    answer = cited(library, own_url)
    assert NEW_WORDS not in answer
    assert OLD_WORDS not in answer
    assert library.complaints() == []
    assert library.hosts() == {urlsplit(own_url).netloc}


def test_what_was_dropped_can_be_left(own_url: str, library: Browser, files: tuple[Path, Path, Path]) -> None:
    open_files(library, own_url)
    drop(library, files[0])
    library.wait(lambda: shown(library, "#files-cancel"))
    library.press(shown(library, "#files-cancel")[0])
    library.wait(lambda: not library.all("#files-preview tr"))
    assert not shown(library, "#files-add")
    assert "共 4 份" in library.all("#files-held")[0].text


def test_a_search_narrows_the_list_and_stays_text(own_url: str, library: Browser) -> None:
    open_files(library, own_url)
    field = shown(library, "#files-search input, #files-search textarea")[0]
    field.send_keys("襄城")
    library.wait(lambda: len(library.all("#files-held tbody tr")) == 1)
    field.send_keys(HOSTILE)
    library.wait(lambda: "没有符合的文件" in library.all("#files-held")[0].text)
    assert library.runs("return window.hit") is None


def test_the_list_and_the_preview_fit_a_phone(
    own_url: str, phone: Browser, files: tuple[Path, Path, Path]
) -> None:
    open_files(phone, own_url)
    drop(phone, files[0], files[2])
    phone.wait(lambda: len(phone.all("#files-preview tbody tr")) == 2)
    assert phone.runs("return document.documentElement.scrollWidth") == PHONE[0]


def test_with_a_key_the_files_come_after_it(
    home: Path, library: Browser, files: tuple[Path, Path, Path]
) -> None:
    with serving(home, {"YIJU_ADMIN_KEY": KEY}) as address:
        open_files(library, address)
        library.wait(lambda: shown(library, "#files-key input"))
        assert not library.all("#files-drop")
        field = shown(library, "#files-key input")[0]
        assert field.get_attribute("type") == "password"
        field.send_keys("wrong", Keys.ENTER)
        library.wait(lambda: "管理密钥不对" in said(library))
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(KEY, Keys.ENTER)
        drop(library, files[0])
        library.wait(lambda: shown(library, "#files-add"))
        assert KEY not in library.driver.page_source
