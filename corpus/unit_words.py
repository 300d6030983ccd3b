"""How the names of units are worded, and where one ends and the next begins in a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# What a unit's name ends with.
SUFFIX: Final = (
    "(?:局|厅|委|部|处|科|所|站|队|办|会|社区|(?<!国务)院|校|馆|社|台|组|段|团|[妇残文侨社科]联|工商联|机关|法院|中心|政府|街道|乡镇|公司|集团|企业|单位|部门|"
    "机构|园区|开发区|示范区|新区|管理区|专班|乡|镇|村|公室|[各级市州县区省]+(?:市|县|区|省)|各[市县区州旗][（(][^（）()]{1,8}[）)]|[银支分总央农]行|海关|税务|工会|党校|学校|医院|媒体|各地|"
    "协会|组织|(?:局|办|委|街道|乡镇|单位|企业)[（(][^（）()]{1,12}[）)])"
)
ENDS_AS_UNIT: Final = re.compile(SUFFIX + r"$")
LABEL_WORDS: Final = (
    "(?:主要|第一)?(?:责任|牵头|负责|配合|主办|协办|参与|参加|协同|协作|落实|实施|承办)"
    "(?:单位|部门|处室|科室|机构)"
)
# A column's name, or the verb of a sentence whose subject or object ends as a unit's name does.
_NO_NAME: Final = re.compile(
    rf"{LABEL_WORDS}$|建立|健全|形成|推[动进]|督促|加强|落实|完善|要求|组织(?!部|人事)|协调|指导|按照|依据|根据|"
    "对|将|向|为|通过|依托|强化|开展|明确|完成|实现|支持|鼓励|引导|确保|实行|实施|负责|提[升高]|不得|严禁|如果|一个|一批|若干"
)
AND_SO_ON: Final = re.compile("等(?:有关|相关|[^，。；、]{0,12}成员)?(?:部门|单位)?$")
_FILLER: Final = re.compile(r"(?:\s|由|并|或|和|及|与|请|以[下上]均?(?:需要?|由)?|[:：])+")
_LONGEST_NAME: Final = 40
_LONGEST_SENTENCE_NAME: Final = 24
OPEN: Final = "（(〔[【"
CLOSE: Final = "）)〕]】"
BRACKET: Final = re.compile("[（()）〔〕\\[\\]【】]")


def is_name(words: str) -> bool:
    """Whether the words read as the name of one unit.

    >>> is_name("县公安局"), is_name("督促企业"), is_name("隐患")
    (True, False, False)
    """
    return 1 < len(words) <= _LONGEST_NAME and bool(ENDS_AS_UNIT.search(words)) and not _NO_NAME.match(words)


# 和 joins two units only behind a whole name: 公安局和其他成员单位, but 住房和城乡建设局 is one.
_AND: Final = re.compile(
    "(?<=局|部|办|厅)(?:和|及|以及|与)|(?<=部门|单位|中心|[大支]队|政府|街道|乡镇)(?:和|以及|及|与)"
    "|(?<=委员会|联合会|办事处|管委会|[）)]..)(?:和|以及|及|与)|(?<=[）)])(?:和|以及|及|与)"
    "|(?<=各社区|各部门|各单位|各乡镇|各街道|..[）)])(?=各)|(?<=各地)(?=各)"
)
_SHORTEST_SECOND: Final = 3


def names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The one or two unit names between two marks, without space and connecting words."""
    filler = _FILLER.match(text, start, end)
    start = filler.end() if filler else start
    for joint in _AND.finditer(text, start, end):
        if end - joint.end() >= _SHORTEST_SECOND and is_name(text[joint.end() : end].strip()):
            yield from _trimmed(text, start, joint.start())
            start = joint.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    left, right = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if left < right and is_name(text[left:right]):
        yield left, right


# Words that no unit's name holds but a clause before it may (国务院对全国人民代表大会负责).
_NOT_IN_NAME: Final = re.compile("对(?!外)|向|把|须经|应当|可以|以及|或者?")


def in_sentence(name: str) -> bool:
    """Whether a name that stands in a sentence is one, and no clause that ends with one.

    >>> in_sentence("县公安局"), in_sentence("国务院对全国人民代表大会")
    (True, False)
    """
    return len(name) <= _LONGEST_SENTENCE_NAME and not _NOT_IN_NAME.search(name)


def split(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """Cuts at punctuation that stands in no bracket."""
    depth, piece = 0, start
    for at in range(start, end):
        char = text[at]
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and char in marks:
            yield piece, at
            piece = at + 1
    yield piece, end
