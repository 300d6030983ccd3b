"""Files made a little wrong at random: bytes changed, stretches cut, doubled or mixed, and the same inside archives."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from xml.etree import ElementTree

from tests.corpus.hostile import packed

TELLING = (
    *(
        b"\0",
        b"\xff",
        b"\xff\xff\xff\xff",
        b"\n",
        b"\t",
        b"\f",
        b"\xed\xa0\x80",
        b"PK\x03\x04",
        b"%PDF-",
        b"endobj",
    ),
    *(
        b"<",
        b">",
        b'"',
        b"&#0;",
        b"&#xD800;",
        b"&#65535;",
        b"</w:p>",
        b"<w:p>",
        b"<w:tbl>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
    ),
    *(
        b"<table>",
        b"</tr>",
        b"rowspan='99999'",
        b"colspan=-1",
        b"-1",
        b"0",
        b"4294967296",
        b"9" * 20,
        b"1e999",
        b"nan",
    ),
    *(
        word.encode()
        for word in (
            "第一条",
            "（",
            "一、",
            "\u202e",
            "\ufffe",
            "〔2024〕5号",
            "附件1：",
            "𠀀",
            "|--|",
            "**",
            "# ",
        )
    ),
)
"""Stretches of bytes that readers look for, or stumble over."""
WORDS = (
    *"\n\t\f\r\v\x85\u2028\0\u200b\u3000 |。；，、：（）《》“A3é𠀀\ufffd\ue000\u202e責〇○0½²٣Ⅷﬁ①",
    *(
        "  ",
        "第一条",
        "第一条　",
        "第十八条之一",
        "第九十九条",
        "一、",
        "（一）",
        "1.",
        "1．",
        "（1）",
        "— 3 —",
        "- 3 -",
        "第3页 共9页",
    ),
    *(
        "附件",
        "附件1：",
        "附件：1.",
        "目录",
        "# ",
        "###### ",
        "**",
        "<b>",
        "</b>",
        "<br>",
        "|甲|",
        "|--|--|",
        "\U000e0001",
    ),
    *(
        "2024年3月25日",
        "〔2024〕5号",
        "文件",
        "通知",
        "关于印发",
        "方案",
        "县人民政府",
        "各乡镇人民政府：",
        "（2024—2026年）",
        "2024-2026",
    ),
)
"""Words and signs that the later stages look for, or stumble over."""
VALUES = (
    "",
    "0",
    "-1",
    "1",
    "2",
    "9",
    "99",
    "x",
    "1.5",
    "nan",
    "inf",
    "1e400",
    "2147483648",
    "9" * 5000,
    "第",
    "0 0 1 1",
    "g 3 0",
)
"""Values for attributes."""
_INSIDE = 0.8
"""How often a fault in an archive is one in an entry."""
_IN_TREE = 0.9
"""How often a fault in XML leaves it well-formed."""
_IN_TEXT = 0.8
"""How often a fault elsewhere is one of words, not bytes."""
_ENCODINGS = ("utf-16", "utf-8", "gb18030")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some faults: in the bytes, in the characters, in the tree of its XML, inside an archive's entries."""
    if content.startswith(b"PK") and chance.random() < _INSIDE:
        return _inside(content, chance)
    for _ in range(chance.randint(1, 4)):
        how = chance.random()
        if how < _IN_TREE and content.lstrip().startswith(b"<?xml"):
            content = _in_tree(content, chance)
        elif how < _IN_TEXT:
            content = _in_text(content, chance)
        else:
            content = chance.choice(FAULTS)(content, chance)
    return content


def _in_text(content: bytes, chance: random.Random) -> bytes:
    """Other words, where the bytes are text; else bytes changed."""
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        start = chance.randint(0, len(text))
        end = start + chance.choice((0, 0, 0, 1, 2, 8, 64))
        how = chance.random()
        new = text[start:end] * 2 if how < 0.2 else chance.choice(WORDS) * chance.choice((1, 1, 1, 2, 40))
        return (text[:start] + new + text[end:]).encode(encoding)
    return chance.choice(FAULTS)(content, chance)


def _in_tree(content: bytes, chance: random.Random) -> bytes:
    """Elements lost, doubled, moved, renamed, or with other values, the XML still well-formed."""
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError):
        return content
    elements = list(root.iter())
    parents = [element for element in elements if len(element)]
    one, other = chance.choice(elements), chance.choice(elements)
    how = chance.randrange(7)
    if how <= 2 and parents:
        parent = chance.choice(parents)
        child = chance.choice(list(parent))
        if how == 0:
            parent.remove(child)
        elif how == 1:
            parent.insert(chance.randint(0, len(parent)), deepcopy(child))
        else:
            one.append(deepcopy(child))
    elif how == 3:
        one.tag = other.tag
    elif how == 4 and one.attrib:
        one.set(chance.choice(list(one.attrib)), chance.choice(VALUES))
    elif how == 5 and one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    else:
        one.text = "".join(
            word for word in chance.choices(WORDS, k=3) if word.isprintable() or word in "\n\t"
        )
    return b'<?xml version="1.0" encoding="UTF-8"?>' + ElementTree.tostring(root)


def _inside(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = max(parts, key=lambda name: name.endswith(("document.xml", "sheet1.xml", "Content.xml")))
    name = body if chance.random() < 0.6 else chance.choice(list(parts))
    how = chance.random()
    if how < 0.05:
        del parts[name]
    elif how < 0.1:
        parts[name] = parts[chance.choice(list(parts))]
    else:
        parts[name] = mutated(parts[name], chance)
    return packed(parts)


def _flip(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def _put(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(TELLING) + content[at + chance.choice((0, 0, 1, 4)) :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(content, chance)
    return content[:start] + content[end:]


def _double(content: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 1, 2, 50)) + content[end:]


def _move(content: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(content, chance)
    at = chance.randint(0, len(content))
    return content[:at] + content[start:end] + content[at:]


def _shorten(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _swap_value(content: bytes, chance: random.Random) -> bytes:
    """Another value between quotation marks."""
    marks = [at for at, byte in enumerate(content) if byte in b"\"'"]
    if len(marks) < 2:
        return content
    place = chance.randrange(len(marks) - 1)
    return content[: marks[place] + 1] + chance.choice(TELLING) + content[marks[place + 1] :]


def _swap_number(content: bytes, chance: random.Random) -> bytes:
    """Another number in place of one."""
    digits = [at for at, byte in enumerate(content) if byte in b"0123456789"]
    if not digits:
        return content
    at = chance.choice(digits)
    number = chance.choice((b"0", b"-1", b"9", b"65536", b"2147483648", b"1000000000000", b"0.0000001", b"x"))
    return content[:at] + number + content[at + 1 :]


def _stretch(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.choice((1, 2, 8, 64, 512)))


FAULTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _put, _put, _cut, _double, _move, _shorten, _swap_value, _swap_number,
)  # fmt: skip
"""What can go wrong with bytes."""
