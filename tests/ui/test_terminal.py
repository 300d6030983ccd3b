from dataclasses import replace

from rag.answer import Answer, Understood
from tests.ui.sample import CLAUSES, DEADLINE, answered, cite
from ui.terminal import answer_lines


def test_the_answering_words_stand_in_brackets() -> None:
    lines = answer_lines(answered(DEADLINE), bold=False)
    assert lines == [
        "找到 1 条依据，出自 1 份文件",
        "理解为：瓶改管 时限 · 时限",
        "",
        "[1] 很可能  样县",
        "    1.统筹推进“瓶改管”工作，【2024年底前】基本完成改造任务。（县住建局负责）",
        "    时限：2024年底前（2024-12-31）",
        "    —— 《关于<b>燃气</b>的通知》（样〔2024〕1号）一、1.",
    ]


def test_on_a_terminal_they_are_bold() -> None:
    assert any("\033[1m2024年底前\033[0m" in line for line in answer_lines(answered(DEADLINE), bold=True))


def test_a_refusal_names_what_is_near() -> None:
    answer = Answer("火星", "not_found", Understood("火星"), (), (cite(CLAUSES[3]),), "no_document_says")
    lines = answer_lines(answer, bold=False)
    assert lines[0] == "现有文件里没有找到能回答这个问题的条款"
    assert "最接近的条款（不是答案）：" in lines


def test_documents_that_say_the_same_are_named() -> None:
    copy = cite(CLAUSES[3])
    lines = answer_lines(answered(replace(DEADLINE, copies=(copy,))), bold=False)
    assert lines[-2:] == ["    另有 1 份文件写得相同：", f"    —— {copy.reference}"]
