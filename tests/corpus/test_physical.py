"""Texts whose line ends were lost: the headline is told from what follows it."""

from pathlib import Path

import pytest

from corpus.library import read_document

BODY = "为做好疫情防控物资保障工作，市工业和信息化局赴企业督导检查。要求各企业加强质量管理，保证供应。" * 4


@pytest.mark.parametrize(
    "headline",
    ["市工信局组织开展负压救护车生产企业督导检查", "天津：开通直达定制班车", "关于做好保障工作的通知"],
)
@pytest.mark.parametrize("times", [1, 4])
def test_a_line_that_is_the_whole_text_opens_with_its_headline(
    headline: str, times: int, tmp_path: Path
) -> None:
    path = tmp_path / "text-1.txt"
    path.write_text(f"{headline} {BODY * times}", encoding="utf-8")
    document = read_document(path)
    assert document.title == headline
    assert document.text.startswith(f"{headline}\n")


@pytest.mark.parametrize("opening", ["近日，市工信局 督导检查", "为做好保障。 市工信局", "本市 市工信局"])
def test_a_sentence_or_a_word_is_no_headline(opening: str, tmp_path: Path) -> None:
    path = tmp_path / "text-1.txt"
    path.write_text(f"{opening}赴企业，{BODY}", encoding="utf-8")
    assert read_document(path).title == "text-1"


def test_a_space_in_a_short_text_or_a_paragraph_among_others_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "text-1.txt"
    path.write_text(f"市工信局组织开展企业 督导检查，{BODY}\n另一段。\n", encoding="utf-8")
    assert "企业督导检查" in read_document(path).text
