"""What a set's questions look like as lines for fitting."""

import json
from pathlib import Path

import pytest

from eval.export import main, record
from eval.gold import GoldError, GoldQuestion
from eval.rightness import Article, Excerpt, Quote
from rag.training.examples import read_gold


def question(*golds: Quote | Excerpt | Article) -> GoldQuestion:
    return GoldQuestion("q1", "何时完成", "duty", (), golds, "any", ("2024年底前",), None, "fit", "test")


def test_what_is_written_is_read_for_fitting(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    whole = record(question(Quote("xiangcheng", "2024年底前完成"), Excerpt("某条例", "每年检查")))
    path.write_text(json.dumps(whole, ensure_ascii=False) + "\n", encoding="utf-8")
    [example] = read_gold(path, part=None)
    assert example.golds == (("xiangcheng", "2024年底前完成"), ("某条例", "每年检查"))
    assert example.spans == ("2024年底前",)
    assert example.right("xiangcheng-2024-5", "于2024年底前完成。")


def test_gold_that_is_no_quotation_is_refused() -> None:
    with pytest.raises(GoldError, match="q1: its gold is no quotation"):
        record(question(Article("12")))


def test_a_shipped_set_is_written(tmp_path: Path) -> None:
    path = tmp_path / "plans.jsonl"
    assert main(["plans", "--out", str(path)]) == 0
    assert len(read_gold(path, part=None)) == 331


def test_a_set_without_its_data_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["notices", "--out", str(tmp_path / "n.jsonl")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
