"""The names in the duty register: which units and places somebody means, and the nearest ones when none is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from corpus.document import Document
from corpus.short_form import is_short_for
from rag.errors import UnknownPlaceError, UnknownUnitError
from rag.understanding.normalise import plain
from rag.understanding.places import also_called, parts
from rag.unit_starts import name_starts, names_its_place

OFFERED = 5
"""Names offered for one that is unknown, at most (1–20)."""
LIKENESS = 0.3
"""How alike, 0–1, a name must be to be offered: a third of the characters of a short name are common endings."""
SHOWN = 60
"""Characters of an unknown name that are said back (20–200)."""
_LEVEL = re.compile("^[省市州盟县区旗镇乡](?=.{2})")


def units_meant(asked: str, names: Collection[str]) -> frozenset[str]:
    """Those of the `names` of units that `asked` is a part of, is short for, or is the full form of.

    >>> sorted(units_meant("住建局", ["县住房和城乡建设局", "县住建局", "县水利局"]))
    ['县住建局', '县住房和城乡建设局']

    Raises UnknownUnitError, with the nearest names, when there is none.
    """
    wanted = plain(asked)
    meant = frozenset(name for name in names if wanted and (wanted in name or _shortens(wanted, name)))
    if not meant:
        raise UnknownUnitError(
            f"got unit {_said(asked)!r}, expected one that a duty names; the nearest: {_offered(wanted, names, 'none')}",
            f"没有任务提到“{_said(asked)}”；最接近的单位：{_offered(wanted, names, '无')}",
        )
    # Only a name that the documents use is looked for by its short forms too: a slip of the pen may look like one.
    # A unit of a named place is not: what is short for it may be another place's.
    if names_its_place(wanted):
        return meant
    return meant | {name for name in names if _shortens(_LEVEL.sub("", name), wanted)}


def _shortens(short: str, full: str) -> bool:
    """Whether `short` stands for `full`, or for what is left of it without the place before it or its name (县应急局)."""
    return any(full[at] == short[0] and is_short_for(short, full[at:]) for at in name_starts(full))


def documents_of(asked: Sequence[str], documents: Iterable[Document]) -> frozenset[str]:
    """The ids of the documents about any of the places `asked` for, by full or short name.

    Raises UnknownPlaceError, with the places there are, for one that no document is about.
    """
    called: dict[str, set[str]] = {}
    places: dict[str, None] = {}
    for document in documents:
        for part in (document.place, *parts(document.place)) if document.place else ():
            places.setdefault(part)
            for name in also_called(part):
                called.setdefault(name, set()).add(document.id)
    for place in asked:
        if plain(place) not in called:
            nearest = _offered(plain(place), called, "、".join([*places][:OFFERED]))
            raise UnknownPlaceError(
                f"got place {_said(place)!r}, expected one that a document is about, like {nearest or 'none held'}",
                f"没有“{_said(place)}”的文件；可以用的地区如：{nearest or '（一个也没有）'}",
            )
    return frozenset(document_id for place in asked for document_id in called[plain(place)])


def _offered(wanted: str, names: Collection[str], nothing: str) -> str:
    return "、".join(get_close_matches(wanted, sorted(names), n=OFFERED, cutoff=LIKENESS)) or nothing


def _said(asked: str) -> str:
    short = " ".join(asked.split())
    return short if len(short) <= SHOWN else short[: SHOWN - 1] + "…"
