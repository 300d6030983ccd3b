"""The sets that do not ship: read from a folder, asked of a home made of their documents."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from corpus.library import shipped_documents
from eval.corpora.articles import Articles, documents
from eval.corpora.kept import HOME, NOTE, keep
from eval.figures import SetReport
from eval.gold import GoldError
from eval.measure import Setting, measure
from eval.rightness import Article, Excerpt, Quote
from eval.sets.named import NAMES, gold_set
from index.encoder import load_encoder
from rag.home import Home
from rag.settings import Settings
from tests.eval.sample import ARTICLES, NOTICE, data_folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data_folder(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def reports(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, SetReport]:
    setting = Setting(home=None, work=tmp_path_factory.mktemp("work"))
    names = ("regulations", "notices", "statutes")
    return {name: measure(gold_set(name, data), setting) for name in names}


def test_each_set_has_its_own_gold(data: Path) -> None:
    first, second = gold_set("regulations", data).questions
    assert first.golds == (Excerpt("专利代理条例", "专利代理机构开展业务，应当有五名以上专利代理师。"),)
    assert (first.kind, first.need, second.need) == ("概念解释型", "any", "all")
    assert gold_set("notices", data).questions[0].golds == (Quote("0a1b", "每天上午九时前"),)
    statute = gold_set("statutes", data).questions[0]
    assert (statute.id, statute.golds, statute.need) == ("7", (Article("S1"), Article("S2")), "all")
    assert gold_set("plans+all", data).questions == gold_set("plans", None).questions


@pytest.mark.parametrize("name", ["regulations", "notices", "statutes"])
def test_every_system_finds_the_answer(name: str, reports: dict[str, SetReport]) -> None:
    found = {report.system: report.overall.hit_5 for report in reports[name].reports}
    assert found == dict.fromkeys(["yiju", "BM25 only", "dense only", "usual recipe"], 1.0)


def test_homes_are_made_by_the_product(reports: dict[str, SetReport]) -> None:
    assert (reports["regulations"].documents, reports["notices"].documents) == (1, 1)
    assert reports["statutes"].documents == 2
    assert all(report.made and report.made.seconds >= 0 for report in reports.values())
    assert all(report.ours.overall.not_verbatim == 0 for report in reports.values())


def test_articles_are_grouped_by_law_and_keep_their_numbers() -> None:
    power, fish = documents(ARTICLES)
    assert [clause.id for clause in power.clauses] == ["电力法#标题", "电力法#S1", "电力法#S2"]
    assert [power.quote(clause.span) for clause in power.clauses[1:]] == [
        article["content"] for article in ARTICLES[:2]
    ]
    assert fish.clauses[1].labels == ("第三条之一",)
    with pytest.raises(GoldError, match="not an article"):
        documents([{"id": "S1", "name": "电力法", "content": "…"}])


def test_plans_stand_among_all_the_others(data: Path, tmp_path: Path) -> None:
    corpus = gold_set("plans+all", data).corpus
    assert corpus is not None
    corpus.make(tmp_path / "home", load_encoder("builtin"))
    held = {document.id for document in Home(tmp_path / "home", load_encoder("builtin")).documents()}
    assert held == {*(path.stem for path in shipped_documents()), "0a1b", "专利代理条例"}
    assert NOTICE in {source.text for source in corpus.texts(tmp_path / "home")}


def test_a_home_is_made_once_until_its_inputs_change(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl.xz"
    path.write_bytes((data / "statutes" / "corpus.jsonl.xz").read_bytes())

    def name() -> str:
        return (tmp_path / "kept" / HOME / "current").read_text(encoding="utf-8")

    made = keep(Articles(path), tmp_path / "kept", Settings())
    first = name()
    assert keep(Articles(path), tmp_path / "kept", Settings()) == made
    assert name() == first
    # The same articles, packed otherwise: other bytes.
    path.write_bytes(path.read_bytes() + lzma.compress(b""))
    keep(Articles(path), tmp_path / "kept", Settings())
    assert name() != first


def test_a_note_that_says_nothing_makes_the_home_anew(data: Path, tmp_path: Path) -> None:
    corpus = Articles(data / "statutes" / "corpus.jsonl.xz")
    (tmp_path / NOTE).write_text("{}", encoding="utf-8")
    keep(corpus, tmp_path, Settings())
    assert (tmp_path / HOME / "current").exists()


def test_what_is_missing_is_told_in_one_line(data: Path, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="give the folder it lies in with --data DIR"):
        gold_set("notices", None)
    with pytest.raises(GoldError, match=f"expected some of: {', '.join(NAMES)}".replace("+", r"\+")):
        gold_set("laws", data)
    with pytest.raises(GoldError, match="cannot read questions from"):
        gold_set("notices", tmp_path)
    with pytest.raises(GoldError, match="give the folder of the sets with --data"):
        keep(Articles(tmp_path / "no.xz"), tmp_path, Settings())


@pytest.mark.parametrize("name", ["regulations", "notices", "statutes"])
def test_documents_that_cannot_be_read_are_told_in_one_line(name: str, data: Path, tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data")
    for package in [*(folder / name).glob("*.xz"), *(folder / name).glob("*.tar")]:
        package.write_bytes(b"no package")
    corpus = gold_set(name, folder).corpus
    assert corpus is not None
    with pytest.raises(GoldError, match="expected") as told:
        keep(corpus, tmp_path / "kept", Settings())
    assert "\n" not in str(told.value)
