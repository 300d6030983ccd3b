"""Make the tables that the reading of questions rests on, from pypinyin, plain texts and a full thesaurus.

    python -m rag.understanding.make_tables --texts ../shared/train/news.jsonl.xz ../shared/train/reports.jsonl.xz
    python -m rag.understanding.make_tables --thesaurus ../shared/glossary/thesaurus.tsv

`pinyin.txt` holds, a line for each toneless syllable, the characters read so (pypinyin's first reading, MIT).
`bigrams.txt` holds, a line for each first character, the characters that commonly follow it in plain Chinese:
only counts of ordinary texts, none of their words in order.
`thesaurus.tsv` holds `official, everyday, abbreviation, english`: the full list less the pairs that are loose.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
CHARACTERS = range(0x4E00, 0x9FA6)
"""The unified ideographs every reading table knows."""
LEAST_COUNT = 40
"""A pair of characters is common from this many sightings on (in some 100 million characters)."""
LOOSE_AREAS = frozenset({"公文与行政用语", "时间与频次用语", "数量与比例用语", "文件类型与效力"})
ASKING = re.compile("谁|哪|什么|怎么|咋|多少|几|吗|多久|多大|多高|多远|多长|能不能|要不要|会不会|是不是")
SHORTEST_PHRASE, LONGEST_PHRASE = 2, 8
TOO_WIDE = frozenset(
    """
    企业 公司 工厂 加工厂 检查 检测 检验 考试 处罚 停业 停工 停产 批准 审查 审批 规定 制度 资料 材料
    记录 登记 宣传 竞赛 指标 目标 小组 分工 定义 结果 排名 表彰 表扬 通报 督促 督导 巡查 巡检
    安全工作 社区 街道 园区 气象 财政 司法 审计 教育 林业 民政 环保 消防 公安 检察 旅游局 团委 协会
    专家 打分 评分 总结 线索 监管部门 热水器 喷头 电池 考核 预警 物资 事故 安全 风险 隐患 文化 演练
    test exam talk result report ratio owner person contact lead tip record inspection assessment
    evaluation business company enterprise firm employee worker staff training drill exercise risk
    fire gas safety
    """.split()  # noqa: SIM905  (a list of quoted words would be four times as long)
)
"""Words that stand for so much that following them leads astray."""
RUN = re.compile(r"[一-龥]{2,}")


def pinyin_table() -> dict[str, str]:
    """Each toneless syllable (ü written v) with the characters whose first reading it is."""
    from pypinyin import Style, lazy_pinyin

    table: defaultdict[str, list[str]] = defaultdict(list)
    for code in CHARACTERS:
        syllable = lazy_pinyin(chr(code), style=Style.NORMAL, errors="ignore", v_to_u=False)
        if syllable:
            table[syllable[0]].append(chr(code))
    return {syllable: "".join(characters) for syllable, characters in sorted(table.items())}


def texts_of(paths: Iterable[Path]) -> Iterator[str]:
    """Every string value of the records of `.jsonl` and `.jsonl.xz` files."""
    for path in paths:
        opener = lzma.open if path.suffix == ".xz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from (value for value in json.loads(line).values() if isinstance(value, str))


def bigram_table(texts: Iterable[str], least: int = LEAST_COUNT) -> dict[str, str]:
    """Each character with those seen right after it at least `least` times, e.g. {"安": "全装排"}."""
    seen: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for run in RUN.findall(text):
            seen.update(pairwise(run))
    table: defaultdict[str, list[str]] = defaultdict(list)
    for (first, second), count in sorted(seen.items()):
        if count >= least:
            table[first].append(second)
    return {first: "".join(seconds) for first, seconds in table.items()}


def _kept(official: str, phrases: str) -> list[str]:
    """The phrases worth keeping: neither a question, nor too short or long, nor words the official term shares."""
    return [
        phrase
        for phrase in phrases.split("|")
        if SHORTEST_PHRASE <= len(phrase) <= LONGEST_PHRASE
        and not ASKING.search(phrase)
        and phrase not in official
        and official not in phrase
    ]


def thesaurus_lines(path: Path) -> Iterator[str]:
    """The lines of the shipped thesaurus, from `term, everyday, abbreviation, english, area` (first line: names).

    Areas of grammar (times, amounts, phrases of documents) are left out, and so is an everyday phrase that
    stands for several official terms: both are looser than helpful.
    """
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    rows = [row for row in rows if row[4] not in LOOSE_AREAS]
    meanings = Counter(phrase for row in rows for phrase in set(row[1].split("|")))
    for official, everyday, abbreviations, english, _ in rows:
        spoken = [
            phrase for phrase in _kept(official, everyday) if meanings[phrase] == 1 and phrase not in TOO_WIDE
        ]
        short = [phrase for phrase in _kept(official, abbreviations) if phrase not in TOO_WIDE]
        foreign = [phrase for phrase in english.lower().split("|") if phrase and phrase not in TOO_WIDE]
        if spoken or short or foreign:
            yield "\t".join((official, "|".join(spoken), "|".join(short), "|".join(foreign)))


def write(path: Path, table: dict[str, str]) -> None:
    """Write a table, a line `key characters` for each."""
    path.write_text("".join(f"{key} {value}\n" for key, value in table.items()), encoding="utf-8")


def main() -> None:
    """Write the tables beside this file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--texts", nargs="+", type=Path, default=[], help="plain texts, .jsonl or .jsonl.xz")
    parser.add_argument("--thesaurus", type=Path, help="a full thesaurus, .tsv")
    given = parser.parse_args()
    if given.texts:
        write(HERE / "pinyin.txt", pinyin_table())
        write(HERE / "bigrams.txt", bigram_table(texts_of(given.texts)))
    if given.thesaurus:
        lines = thesaurus_lines(given.thesaurus)
        (HERE / "thesaurus.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
