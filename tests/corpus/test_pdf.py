"""PDF pages written by hand: lines, paragraphs, tables and margins by their places."""

from __future__ import annotations

import sys

import pytest

from corpus import scan
from corpus.decoded import GOES_ON, IN_MARGIN
from corpus.errors import UnreadableError
from corpus.layout import repair
from corpus.pdf import has_text, read_pdf
from tests.corpus.blind import see_nothing
from tests.corpus.made_pdf import SIZE, MadePage, make_pdf

LEFT, RIGHT, STEP = 40, 360, 28
FULL = (RIGHT - LEFT) // SIZE
"""Characters of a full line."""
SENTENCE = "各部门要按照职责分工加强协调配合形成工作合力确保各项任务按时完成取得实效并及时报送进展情况"


def text(*pages: MadePage) -> str:
    return read_pdf(make_pdf(pages), "made.pdf").text


def paragraph(page: MadePage, words: str, base: float, indent: int = 2) -> float:
    """Set words as a justified paragraph; return where the next line stands."""
    first, rest = words[: FULL - indent], words[FULL - indent :]
    page.write(first, LEFT + indent * SIZE, base)
    for at in range(0, len(rest), FULL):
        base += STEP
        page.write(rest[at : at + FULL], LEFT, base)
    return base + STEP


def test_lines_of_a_paragraph_are_one_line() -> None:
    page = MadePage()
    below = paragraph(page, SENTENCE + "。", 100)
    paragraph(page, "第二段" + SENTENCE + "。", below)
    assert text(page) == f"{SENTENCE}。\n第二段{SENTENCE}。"


def test_full_last_line_ends_its_paragraph_before_an_indent() -> None:
    page = MadePage()
    whole = (SENTENCE * 2)[: 2 * FULL - 3] + "。"
    below = paragraph(page, whole, 100)
    paragraph(page, SENTENCE, below)
    assert text(page) == f"{whole}\n{SENTENCE}"


def test_short_line_ends_its_paragraph() -> None:
    page = MadePage().write("各有关单位：", LEFT, 100)
    paragraph(page, SENTENCE, 128)
    assert text(page) == f"各有关单位：\n{SENTENCE}"


def test_centred_title_over_two_lines() -> None:
    page = (
        MadePage()
        .write("关于印发安全生产治本攻坚三年行动", 48, 100, 19)
        .write("实施方案的通知", 136, 130, 19)
    )
    paragraph(page, SENTENCE, 180)
    assert text(page) == f"关于印发安全生产治本攻坚三年行动实施方案的通知\n{SENTENCE}"


def test_date_at_the_right_stays_apart() -> None:
    page = MadePage()
    below = paragraph(page, SENTENCE, 100)
    page.write("2024年3月25日", RIGHT - 88, below).write("附件", LEFT + 2 * SIZE, below + STEP)
    assert text(page) == f"{SENTENCE}\n2024年3月25日\n附件"


def test_paragraph_over_the_page_goes_on() -> None:
    lines = [SENTENCE[:FULL], SENTENCE[FULL : 2 * FULL], SENTENCE[2 * FULL :]]
    first = MadePage().write("工作要求", LEFT + 2 * SIZE, 480).write(lines[0], LEFT, 520).write("1", 198, 580)
    first.marks.insert(0, MadePage().write("内部资料", 160, 30).marks[0])
    second = MadePage().write("内部资料", 160, 30).write(lines[1], LEFT, 100).write(lines[2], LEFT, 128)
    second.write("2", 198, 580)
    read = text(first, second)
    assert read.split("\f") == [
        f"{IN_MARGIN}内部资料\n工作要求\n{lines[0]}\n{IN_MARGIN}1",
        f"{IN_MARGIN}内部资料\n{GOES_ON}{lines[1]}{lines[2]}\n{IN_MARGIN}2",
    ]
    assert repair(read).text == f"工作要求\n{SENTENCE}"


def test_annexes_that_open_pages_are_no_running_heads() -> None:
    pages = [MadePage().write(f"附件{number}", LEFT, 60).write("清单", LEFT, 100) for number in (1, 2)]
    assert text(*pages) == "附件1\n清单\f附件2\n清单"


def test_the_same_line_at_the_same_place_of_two_pages_is_no_running_head() -> None:
    pages = []
    for number in "一二":
        page = MadePage().write(SENTENCE[:FULL], LEFT, 60)
        for index in range(1, 10):
            page.write(f"第{number}页{SENTENCE}"[:FULL], LEFT, 60 + STEP * index)
        pages.append(page)
    assert IN_MARGIN not in text(*pages)


def grid_page(rows: list[list[str]], columns: list[int], top: int, height: int = 30) -> MadePage:
    page = MadePage()
    page.grid(columns, [top + height * index for index in range(len(rows) + 1)])
    for index, row in enumerate(rows):
        for x, words in zip(columns, row, strict=False):
            page.write(words, x + 5, top + height * index + 20, 12)
    return page


def test_ruled_grid_is_a_table() -> None:
    page = grid_page([["序号", "事项", "单位"], ["1", "清淤", "水利局"]], [40, 100, 220, 360], 100)
    page.write("任务分解表", 150, 80)
    assert text(page) == "任务分解表\n序号\t事项\t单位\n1\t清淤\t水利局"


def test_wrapped_lines_of_a_cell_are_joined_and_its_paragraphs_parted() -> None:
    page = MadePage().grid([40, 112, 300], [100, 200])
    for index, words in enumerate(("东关下穿", "立交", "南河")):
        page.write(words, 50, 120 + 20 * index, 12)
    page.write("一级", 120, 120, 12)
    assert text(page) == "东关下穿立交  南河\t一级"


def test_merged_cells_are_empty_after_the_first() -> None:
    page = MadePage()
    for x in (40, 300):
        page.rule(x, 100, x, 190)
    page.rule(120, 130, 120, 190).rule(200, 100, 200, 190)
    for y in (100, 130, 190):
        page.rule(40, y, 300, y)
    page.rule(120, 160, 300, 160)
    page.write("合并两列", 50, 120, 12).write("丙", 210, 120, 12)
    page.write("组", 50, 150, 12).write("乙", 130, 150, 12).write("丁", 210, 150, 12)
    page.write("戊", 130, 180, 12).write("己", 210, 180, 12)
    assert text(page) == "合并两列\t\t丙\n组\t乙\t丁\n\t戊\t己"


def test_table_without_rules_and_frames_stay_text() -> None:
    page = MadePage().write("姓名", 40, 100).write("单位", 200, 100).grid([30, 380], [140, 200])
    page.write("框中的话", 40, 170)
    assert text(page) == "姓名 单位\n框中的话"


def test_row_and_head_over_the_page() -> None:
    columns = [40, 100, 220]
    first = MadePage().grid(columns, [500, 530, 560])
    first.write("序号", 45, 520, 12).write("措施", 105, 520, 12)
    first.write("1", 45, 550, 12).write("雨水管网清淤抬升检", 105, 550, 12)
    second = MadePage().grid(columns, [60, 90, 120, 150])
    second.write("序号", 45, 80, 12).write("措施", 105, 80, 12).write("查井八座", 105, 110, 12)
    second.write("2", 45, 140, 12).write("疏通", 105, 140, 12)
    read = text(first, second)
    assert read == f"序号\t措施\n1\t雨水管网清淤抬升检\f{IN_MARGIN}序号\t措施\n{GOES_ON}\t查井八座\n2\t疏通"
    layout = repair(read)
    assert layout.text == "序号\t措施\n1\t雨水管网清淤抬升检查井八座\n2\t疏通"
    for offset, char in enumerate(layout.text):
        if char not in "\n\t":
            assert read[layout.source_map.source_offset(offset)] == char


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_read_the_same(rotate: int) -> None:
    page = MadePage(rotate=rotate).write("你好世界", 72, 80).write("第二行", 72, 105)
    assert text(page) == "你好世界\n第二行"


@pytest.mark.parametrize(
    ("turn", "down"), [("0 1 -1 0", (28, 0)), ("0 -1 1 0", (-28, 0)), ("-1 0 0 -1", (0, -28))]
)
def test_turned_text_reads_the_same(turn: str, down: tuple[int, int]) -> None:
    page = MadePage()
    for index, words in enumerate(("你好世界", "第二行", "三")):
        page.write(words, 200 + index * down[0], 300 + index * down[1], turn=turn)
    assert text(page) == "你好世界\n第二行\n三"


def test_watermark_stands_beside_the_text() -> None:
    page = MadePage().write("正文一行", LEFT, 280).write("内部", 150, 350, 40, "0.7 0.7 -0.7 0.7")
    page.write("正文二行", LEFT, 304)
    assert repair(text(page)).text == "正文一行\n正文二行"


def test_words_printed_twice_are_read_once() -> None:
    assert text(MadePage().write("加粗加粗", 40, 140).write("加粗加粗", 40.5, 140)) == "加粗加粗"


def test_order_is_the_page_s_not_the_file_s() -> None:
    page = MadePage().write("二", LEFT, 200).write("一", LEFT, 100).write("右", 300, 100)
    assert text(page) == "一 右\n二"


def test_ligatures_and_radicals_are_written_out() -> None:
    assert text(MadePage().write("\u2f00\u2fa6属o\ufb03ce", LEFT, 100)) == "一金属office"


def test_strange_characters_and_bare_pages_are_flaws(monkeypatch: pytest.MonkeyPatch) -> None:
    see_nothing(monkeypatch)
    pages = [
        MadePage().write("局\ue123\ue123长", LEFT, 100),
        MadePage().write("第二页", LEFT, 100),
        MadePage(),
    ]
    decoded = read_pdf(make_pdf(pages), "made.pdf")
    assert [(flaw.kind, flaw.page) for flaw in decoded.flaws] == [
        ("strange_characters", 1),
        ("page_without_text", 3),
    ]
    assert decoded.flaws[0].detail == "U+E123×2"
    assert decoded.text == "局\ue123\ue123长\f第二页\f"


def test_has_text() -> None:
    assert has_text(make_pdf([MadePage(), MadePage().write("字", LEFT, 100)]))
    assert not has_text(make_pdf([MadePage(), MadePage()]))


def test_pictures_need_the_ocr_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    scan._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(UnreadableError, match=r"made\.pdf: .*yiju\[ocr\]"):
        read_pdf(make_pdf([MadePage()]), "made.pdf")
