"""The sets by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from eval.corpora.files import Files
from eval.gold import GoldError
from eval.sets import notices, plans, regulations, statutes
from eval.sets.goldset import GoldSet

PLANS, UNSEEN, FRESH = "plans", "plans-unseen", "plans-fresh"


def _regulations(data: Path) -> GoldSet:
    folder = data / "regulations"
    return GoldSet("regulations", regulations.questions(folder), Files((regulations.documents(folder),)))


def _notices(data: Path) -> GoldSet:
    folder = data / "notices"
    return GoldSet("notices", notices.questions(folder), Files((notices.documents(folder),)))


def _statutes(data: Path) -> GoldSet:
    folder = data / "statutes"
    return GoldSet("statutes", statutes.questions(folder), statutes.documents(folder), statutes.CAUTION)


def _among_all(data: Path) -> GoldSet:
    packages = (regulations.documents(data / "regulations"), notices.documents(data / "notices"))
    return GoldSet("plans+all", plans.questions(), Files(packages, shipped=True))


OUTSIDE: Final[Mapping[str, Callable[[Path], GoldSet]]] = MappingProxyType(
    {"plans+all": _among_all, "regulations": _regulations, "notices": _notices, "statutes": _statutes}
)
"""The sets whose documents or questions do not ship, each made of the folder they lie in."""
NAMES: Final = (PLANS, UNSEEN, FRESH, *OUTSIDE)


def gold_set(name: str, data: Path | None) -> GoldSet:
    """The set of that name.

    Raises GoldError for a name there is none of, without the `data` it needs, or when that cannot be read.
    """
    if name == PLANS:
        return GoldSet(PLANS, plans.questions())
    if name == UNSEEN:
        return GoldSet(UNSEEN, plans.questions(plans.UNSEEN))
    if name == FRESH:
        return GoldSet(FRESH, plans.questions(plans.FRESH))
    if name not in OUTSIDE:
        raise GoldError(f"no set named {name!r}; expected some of: {', '.join(NAMES)}")
    if data is None:
        raise GoldError(f"the set {name} does not ship; give the folder it lies in with --data DIR")
    return OUTSIDE[name](data)
