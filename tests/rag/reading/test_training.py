"""A small network learns a small lesson, and the data are read as they are documented."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from corpus.library import read_document
from index.training.data import is_apart
from rag.reading.network import Network
from rag.reading.shape import Shape
from rag.reading.symbols import Alphabet, labels
from rag.reading.training.batches import Preparer, batches, frequent_characters
from rag.reading.training.gold import gold_samples, located
from rag.reading.training.learn import Pace, run
from rag.reading.training.material import LONGEST, Sample, read_material
from rag.reading.training.network import ReadingNetwork
from rag.reading.training.train import recipe, take_up, write
from rag.training.examples import Example
from tests.rag.held import ENCODER

SUBJECTS = ["燃气", "电梯", "消防", "矿山", "学校", "渔船", "桥梁", "仓库"]
MONTHS = ["1月底前", "3月底前", "6月底前", "9月底前"]


def lesson(rng: random.Random) -> Sample:
    """Two subjects, each with its date; asked for that of one, or of a subject that is not there."""
    first, second, other = rng.sample(SUBJECTS, 3)
    one, two = rng.sample(MONTHS, 2)
    text = f"{one}完成{first}检查，{two}完成{second}检查。"
    if rng.random() < 0.3:
        return Sample(f"{other}什么时候", text, "", ())
    at = text.index(one)
    return Sample(f"{first}什么时候", text, "", ((at, at + len(one)),))


def test_a_small_network_learns_which_date_is_asked_for(tmp_path: Path) -> None:
    rng = random.Random(5)
    samples = [lesson(rng) for _ in range(400)]
    alphabet = Alphabet(frequent_characters(samples), ENCODER.vocabulary)
    torch.manual_seed(5)
    network = ReadingNetwork(ENCODER.units, len(alphabet), Shape(width=24, dilations=(1, 2, 4)), dropout=0.0)
    prepared = Preparer(alphabet).prepare(samples)
    losses = run(network, [lambda _: prepared] * 10, Pace(0.01), seed=5)
    assert losses[-1] < losses[0] / 4
    write(network, alphabet, ENCODER.fingerprint, tmp_path)
    light = Network.load(ENCODER, tmp_path)
    right = 0
    tested = [lesson(rng) for _ in range(60)]
    for sample in tested:
        page = light.page(sample.text, labels(sample.text, (), ()))
        reading = light.read(light.asked(sample.question), page, "")
        best = reading.best(np.array([len(sample.text) - 1]), 1)[0]
        score = float(reading.score(np.array([best[0]]), np.array([best[1]]))[0])
        right += (best in sample.answers) if sample.answers else score < 0
    assert right >= 50


def test_a_batch_holds_every_sample_once() -> None:
    samples = [lesson(random.Random(n)) for n in range(50)]
    alphabet = Alphabet(frequent_characters(samples), ENCODER.vocabulary)
    drawn = list(batches(Preparer(alphabet).prepare(samples), 8, random.Random(1)))
    assert sum(len(targets.answered) for _, targets in drawn) == 50
    assert sum(int(targets.answered.sum()) for _, targets in drawn) == sum(bool(s.answers) for s in samples)


def test_words_are_found_whatever_the_layout() -> None:
    assert located("到 2024 年底前(含)", "2024年底前（含）") == [(2, 13)]
    assert located("查一查", "查") == [(0, 1), (2, 3)]
    assert located("查", "") == []


def written(path: Path, *records: Mapping[str, object]) -> None:
    text = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    path.write_bytes(lzma.compress(text.encode()) if path.suffix == ".xz" else text.encode())


def test_the_data_become_samples(tmp_path: Path) -> None:
    apart = next(name for name in (f"某市条例{n}" for n in range(999)) if is_apart(name))
    kept = next(name for name in (f"某县条例{n}" for n in range(999)) if not is_apart(name))
    long = "无关的话，" * 100 + "罗马法的影响" + "，又是无关的话" * 100
    written(
        tmp_path / "qa.jsonl.xz",
        {"question": "受什麼影響？", "passage": long, "answer": "罗马法"},
        {"question": "无答案", "passage": long, "answer": ""},
    )
    clause = "县级以上人民政府应当在每年六月底前，对燃气设施进行全面检查，并公布检查结果。"
    other = "从事燃气经营的企业应当每季度对管道进行一次巡查，并记录备查，记录保存三年以上，不得损毁。"
    asked = {"question": "燃气设施谁查", "article": "第一条", "text": clause, "span": "县级以上人民政府"}
    written(tmp_path / "questions.jsonl", {**asked, "law": kept}, {**asked, "law": apart})
    articles = [{"law": law, "article": "第二条", "text": other * 2} for law in (kept, apart)]
    written(tmp_path / "laws.jsonl.xz", *articles)
    written(tmp_path / "reports.jsonl.xz", {"text": other * 2})
    (tmp_path / "cedict.u8.xz").write_bytes(lzma.compress("燃氣 燃气 [ran2 qi4] /fuel gas/\n".encode()))
    material = read_material(tmp_path, seed=1)
    [reading] = material.reading
    assert reading.question == "受什么影响?"
    assert len(reading.text) <= LONGEST
    assert [reading.text[start:end] for start, end in reading.answers] == ["罗马法"]
    [clauses], [aparts] = material.clauses, material.apart
    assert (clauses.above, aparts.above) == (kept, apart)
    assert clauses.text[slice(*clauses.answers[0])] == "县级以上人民政府"
    assert [(miss.text, miss.answers) for miss in material.missed] == [(other * 2, ())]
    assert material.made
    assert all(made.above != apart for made in material.made)


def test_gold_questions_become_samples(tmp_path: Path) -> None:
    path = tmp_path / "jianhu-2024-1.txt"
    path.write_text(
        "鉴湖县安全方案\n\n一、任务\n1.燃气管道2024年底前完成改造。\n2.电梯每季度检查一次。\n", "utf-8"
    )
    asked = Example("燃气管道改造什么时候完成", None, (("jianhu", "2024年底前完成改造"),), ("2024年底前",))
    none = Example("燃气管道改造花多少钱", None, (), ())
    found = gold_samples([read_document(path)], [asked, none], ENCODER)
    right = [one.sample for one in found if one.sample.answers]
    assert [one.text[slice(*one.answers[0])] for one in right] == ["2024年底前"]
    assert {one.fold for one in found} == {asked.fold, none.fold}
    misses = [one.sample for one in found if not one.sample.answers]
    assert any("燃气" in one.text and one.question.endswith("多少钱") for one in misses)


def test_a_broad_reading_of_another_recipe_is_not_taken_up(tmp_path: Path) -> None:
    def fresh() -> ReadingNetwork:
        return ReadingNetwork(
            ENCODER.units, len(Alphabet("燃气电梯", ENCODER.vocabulary)), Shape(), dropout=0.0
        )

    mine = recipe(Alphabet("燃气电梯", ENCODER.vocabulary), ENCODER.fingerprint)
    # The same characters in other places: every shape fits, and every character would be taken for another.
    others = recipe(Alphabet("电梯燃气", ENCODER.vocabulary), ENCODER.fingerprint)
    kept, path = fresh(), tmp_path / "broad.pt"
    assert not take_up(fresh(), path, mine)
    torch.save({"made of": mine, "network": kept.state_dict()}, path)
    assert not take_up(fresh(), path, others)
    again = fresh()
    assert take_up(again, path, mine)
    assert torch.equal(again.out.weight, kept.out.weight)
