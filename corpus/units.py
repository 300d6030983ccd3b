"""Who is responsible: the units a clause names, as leading, joining, supporting or simply charged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

UnitRole = Literal["lead", "joint", "support", "duty", "standing"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One named unit, half-open, in characters of the text it was found in, with the list it stands in.

    `role`: lead 牵头 (also who stands before 会同), joint 会同, support 配合, duty 负责; standing is the remark
    that covers all clauses that follow (以下均需各社区负责), which names nobody for this clause in particular.
    """

    start: int
    end: int
    role: UnitRole
    group_start: int
    group_end: int


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The unbroken list of units of one role, from the first unit's first character to the last one's last."""

    start: int
    end: int
    role: UnitRole
    units: tuple[Unit, ...]


def units(text: str) -> tuple[Unit, ...]:
    """The units responsible for what a text asks, in order.

    Example: in `（县应急管理局牵头，县公安局等部门配合）` 县应急管理局 is a lead and 县公安局 a support.
    """
    return tuple(unit for group in unit_groups(text) for unit in group.units)


def unit_groups(text: str) -> tuple[UnitGroup, ...]:
    """The lists of responsible units of a text, in order, none overlapping another.

    Read from closing brackets, from labels (责任单位：…), from table cells that hold nothing but units, and from
    sentences (由…负责, …牵头, …会同…).
    """
    found: list[UnitGroup] = []
    for start, end in (*_brackets(text), *_labelled(text), *_cells(text)):
        found.extend(_read_list(text, start, end))
    found.extend(_run_in(text))
    found.sort(key=lambda group: (group.start, -group.end))
    kept: list[UnitGroup] = []
    for group in found:
        if not kept or group.start >= kept[-1].end:
            kept.append(group)
    return tuple(kept)


# What a unit's name ends with.
_SUFFIX: Final = (
    "(?:局|厅|委|部|处|科|所|站|队|办|会|社区|(?<!国务)院|校|馆|社|台|组|段|团|[妇残文侨社科]联|工商联|机关|法院|中心|政府|街道|乡镇|公司|集团|企业|单位|部门|"
    "机构|园区|开发区|示范区|新区|管理区|专班|乡|镇|村|公室|[各级市州县区省]+(?:市|县|区|省)|各[市县区州旗][（(][^（）()]{1,8}[）)]|[银支分总央农]行|海关|税务|工会|党校|学校|医院|媒体|各地|"
    "协会|组织|(?:局|办|委|街道|乡镇|单位|企业)[（(][^（）()]{1,12}[）)])"
)
_ENDS_AS_UNIT: Final = re.compile(_SUFFIX + r"$")
_LABEL_WORDS: Final = (
    "(?:主要|第一)?(?:责任|牵头|负责|配合|主办|协办|参与|参加|协同|协作|落实|实施|承办)"
    "(?:单位|部门|处室|科室|机构)"
)
_LABEL: Final = re.compile(rf"(?P<label>{_LABEL_WORDS})[ \u3000]*(?:及分工)?[:：]")
_LABEL_LIST: Final = re.compile(rf"{_LABEL.pattern}(?P<list>[^。；;\n\t〔〕\[\]【】:：]{{2,600}})")
# Where a unit's name ends and what it is to do begins.
_MARK: Final = re.compile(
    "(?<![高平初中同一二三])等(?=(?:\\d|有关|相关|县|市|省|区|街道|部门|单位|各|成员|按|依|分|负责|牵头|配合|共|多|[一二三四五六七八九十]|$))"
    "|分别|共同|联合(?!会)|(?:按照?|依据|根据|依)(?:各自)?(?:的)?(?:职责|职能|分工|任务)|牵头|(?<!各)负责(?!人|同志|制(?!定|订))|分工|配合|"
    "协同(?:推进|配合|负责|做好)|协助|参与|参加|主办|协办|承办|具体落实|组织实施|指导(?:落实|实施)|抓好"
)
_ROLE_WORDS: Final[tuple[tuple[re.Pattern[str], UnitRole], ...]] = (
    (re.compile("牵头|主办"), "lead"),
    (re.compile("配合|协助|协办|参与|参加|协同|协作"), "support"),
)
_AND_SO_ON: Final = re.compile("等(?:有关|相关|[^，。；、]{0,12}成员)?(?:部门|单位)?$")
# A column's name, or the verb of a sentence whose subject or object ends as a unit's name does.
_NO_NAME: Final = re.compile(
    rf"{_LABEL_WORDS}$|建立|健全|形成|推[动进]|督促|加强|落实|完善|要求|组织(?!部|人事)|协调|指导|按照|依据|根据|"
    "对|将|向|为|通过|依托|强化|开展|明确|完成|实现|支持|鼓励|引导|确保|实行|实施|负责|提[升高]|不得|严禁|如果|一个|一批|若干"
)
_STANDING: Final = re.compile("^以[下上]|不再|下同")
_FILLER: Final = re.compile(r"(?:\s|由|并|或|和|及|与|请|以[下上]均?(?:需要?|由)?|[:：])+")
_NEAR: Final = 4
_LONGEST_LIST: Final = 1500
_LONGEST_NAME: Final = 40
_LONGEST_SENTENCE_NAME: Final = 24
_OPEN: Final = "（(〔[【"
_CLOSE: Final = "）)〕]】"
_BRACKET: Final = re.compile("[（()）〔〕\\[\\]【】]")
_CLOSES_DUTY: Final = re.compile(
    "(?:负责|牵头|配合|分工|落实|参与|参加|协助|实施|推进|列出|列|下同)[。；，]?\\s*$"
)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """The insides of the outermost brackets that say who is responsible."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for mark in _BRACKET.finditer(text):
        if mark[0] in _OPEN:
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, mark.end()))
    for start, end in pairs:
        if end - start <= _LONGEST_LIST and _says_who(text, start, text[start + 1 : end - 1]):
            yield start + 1, end - 1


def _says_who(text: str, start: int, inside: str) -> bool:
    if _LABEL.search(inside):
        return True
    first = re.split("[、，,；;。]", inside, maxsplit=1)[0]
    if _CLOSES_DUTY.search(inside):
        mark = _MARK.search(first)
        name = first[: mark.start()] if mark else first
        return bool(_ENDS_AS_UNIT.search(name.split("会同")[0].strip())) or "、" not in inside
    closes = text[max(0, start - _NEAR) : start].rstrip()[-1:] in ("。", "；", "！", "”", "）", ")")
    return closes and _only_units(inside)


def _only_units(words: str) -> bool:
    """Whether words are a list of units and nothing else (市安委办，市安委会综合督导组)."""
    pieces = [words[start:end].strip() for start, end in _split(words, 0, len(words), "、，,；; \u3000")]
    return all(_is_name(_AND_SO_ON.sub("", piece)) for piece in pieces if piece) and any(pieces)


def _is_name(words: str, longest: int = _LONGEST_NAME) -> bool:
    return 1 < len(words) <= longest and bool(_ENDS_AS_UNIT.search(words)) and not _NO_NAME.match(words)


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    """The lists behind labels in running text (责任单位：县应急管理局、县公安局)."""
    for match in _LABEL_LIST.finditer(text):
        depth = 0
        for bracket in _BRACKET.finditer(text, match.start("list"), match.end()):
            depth += 1 if bracket[0] in _OPEN else -1
            if depth < 0:
                yield match.start(), bracket.start()
                break
        else:
            yield match.start(), match.end()


_CELL: Final = re.compile("[^\t\n]+")


def _cells(text: str) -> Iterator[tuple[int, int]]:
    """The table cells that hold only units."""
    if "\t" not in text:
        return
    for match in _CELL.finditer(text):
        beside_tab = (
            text[match.start() - 1 : match.start()] == "\t" or text[match.end() : match.end() + 1] == "\t"
        )
        cell = match[0].strip()
        if beside_tab and len(cell) <= _LONGEST_LIST and (_only_units(cell) or _STANDING.search(cell)):
            yield match.start(), match.end()


def _split(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """Cuts at punctuation that stands in no bracket."""
    depth, piece = 0, start
    for at in range(start, end):
        char = text[at]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and char in marks:
            yield piece, at
            piece = at + 1
    yield piece, end


def _read_list(text: str, start: int, end: int) -> list[UnitGroup]:
    """Reads a list of units left to right; the words behind a name say what it and those before it are to do."""
    groups: list[UnitGroup] = []
    names: list[tuple[int, int]] = []
    label: UnitRole | None = None
    default: UnitRole = "duty"

    def close(role: UnitRole) -> None:
        if names:
            groups.append(_group(names, role))
        names.clear()

    for left, right in _split(text, start, end, "、，,；;。"):
        opening = _LABEL.search(text, left, right)
        if opening:
            names.extend(_names(text, left, opening.start()))
            close(label or default)
            label = _role_of(opening["label"], "duty")
            left = opening.end()
        if _STANDING.match(text[left:right].lstrip()):
            close(label or default)
            label = "standing"
        if "会同" in text[left:right]:
            joint = text.index("会同", left)
            names.extend(_names(text, left, joint))
            close("lead")
            default, left = "joint", joint + len("会同")
        mark = _MARK.search(text, left, right)
        names.extend(_names(text, left, mark.start() if mark else right))
        if mark:
            close(label or _role_of(text[mark.start() : right], default))
            label = None if label == "standing" else label
    close(label or default)
    return groups


def _role_of(words: str, default: UnitRole) -> UnitRole:
    return next((role for pattern, role in _ROLE_WORDS if pattern.search(words)), default)


def _group(names: list[tuple[int, int]], role: UnitRole) -> UnitGroup:
    start, end = names[0][0], names[-1][1]
    return UnitGroup(start, end, role, tuple(Unit(left, right, role, start, end) for left, right in names))


# 和 joins two units only behind a whole name: 公安局和其他成员单位, but 住房和城乡建设局 is one.
_AND: Final = re.compile(
    "(?<=局|部|办|厅)(?:和|及|以及|与)|(?<=部门|单位|中心|[大支]队|政府|街道|乡镇)(?:和|以及|及|与)"
    "|(?<=委员会|联合会|办事处|管委会|[）)]..)(?:和|以及|及|与)|(?<=[）)])(?:和|以及|及|与)"
    "|(?<=各社区|各部门|各单位|各乡镇|各街道|..[）)])(?=各)|(?<=各地)(?=各)"
)
_SHORTEST_SECOND: Final = 3


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The one or two unit names between two marks, without space and connecting words."""
    filler = _FILLER.match(text, start, end)
    start = filler.end() if filler else start
    for joint in _AND.finditer(text, start, end):
        if end - joint.end() >= _SHORTEST_SECOND and _is_name(text[joint.end() : end].strip()):
            yield from _trimmed(text, start, joint.start())
            start = joint.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    left, right = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if left < right and _is_name(text[left:right]):
        yield left, right


_RUN_MARK: Final = re.compile(
    "(?P<mark>牵头|会同|负责|配合)(?!部门|单位|科室|人|同志|制(?!定|订)|机制|的|作用|领导|[）)]|[^，,。；;、]{0,15}的(?:部门|机构|人|单位))"
)
_BOUNDARY: Final = re.compile("[，,。；;：:\n\t“”《》？！?!]|由")
_BEFORE_MARK: Final = re.compile(
    "(?:等[^、]{0,12})?(?:分别|共同|具体|统一|应当?|要|按照?(?:各自)?职责(?:分工)?|主动|积极|联合)*$"
)
_SENTENCE_REACH: Final = 80
_FORWARD_NAME: Final = re.compile(
    r"[^，,。；;：:、\s“”《》]{0,20}?(?:[县市省区]委(?:[^，。、]{0,3}[部校办])?"
    rf"|(?:人民政府|国务院)[^，,。；;、\s]{{0,14}}?(?:部门|机构)|{_SUFFIX})(?![门位公]|委员|有关|相关|各|其他|所属|直属)"
)


# 配合 names a unit only behind one that leads: 由县公安局牵头，县教育局配合.
_LED: Final = re.compile("牵头[^。\n]*$")


def _run_in(text: str) -> Iterator[UnitGroup]:
    """Units that a sentence names: 由县公安局负责, 县应急管理局牵头, 县公安局会同县交通运输局."""
    for match in _RUN_MARK.finditer(text):
        if match["mark"] == "配合" and not _LED.search(
            text, max(0, match.start() - _SENTENCE_REACH), match.start()
        ):
            continue
        names = _names_before(text, match.start())
        role = _role_of(match["mark"], "lead" if match["mark"] == "会同" else "duty")
        if names:
            yield _group(names, role)
        if match["mark"] == "会同":
            joint = _names_behind(text, match.end())
            if joint:
                yield _group(joint, "joint")


# Words that no unit's name holds but a clause before it may (国务院对全国人民代表大会负责).
_NOT_IN_NAME: Final = re.compile("对(?!外)|向|把|须经|应当|可以|以及|或者?")


def _in_sentence(name: str) -> bool:
    return len(name) <= _LONGEST_SENTENCE_NAME and not _NOT_IN_NAME.search(name)


def _names_before(text: str, end: int) -> list[tuple[int, int]]:
    start = max(0, end - _SENTENCE_REACH)
    boundary = [mark.end() for mark in _BOUNDARY.finditer(text, start, end)]
    if not boundary and start:
        return []
    start = boundary[-1] if boundary else start
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket[0] in _OPEN and not any(char in _CLOSE for char in text[bracket.end() : end]):
            start = bracket.end()
    adverbs = _BEFORE_MARK.search(text[start:end])
    end = start + adverbs.start() if adverbs else end
    names: list[tuple[int, int]] = []
    for left, right in _split(text, start, end, "、"):
        found = [name for name in _names(text, left, right) if _in_sentence(text[slice(*name)])]
        if not found:
            return []
        names.extend(found)
    return names


def _names_behind(text: str, start: int) -> list[tuple[int, int]]:
    names: list[tuple[int, int]] = []
    while name := _FORWARD_NAME.match(text, start):
        names.append(name.span())
        if text[name.end() : name.end() + 1] != "、":
            break
        start = name.end() + 1
    return names


def unit_list(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The units of a stretch that holds nothing but a list of them, in order; none when it holds anything else.

    Example: `unit_list("各乡镇（街道）、县公安局", 0, 12)` is `((0, 7), (8, 12))`.
    """
    names: list[tuple[int, int]] = []
    for left, right in _split(text, start, end, "、，,"):
        found = [name for name in _names(text, left, right) if _in_sentence(text[slice(*name)])]
        if not found or text[left : found[0][0]].strip():
            return ()
        names.extend(found)
    return tuple(names)
