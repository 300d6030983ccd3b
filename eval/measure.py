"""One set of questions asked of the product and, beside it, of its peers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.corpora.files import held_texts
from eval.corpora.kept import HOME, keep
from eval.figures import Report, SetReport
from eval.gold import GoldQuestion
from eval.judge import judge
from eval.ours import Ours
from eval.response import DEPTH
from eval.sets.goldset import GoldSet
from eval.system import System
from index.encoder import Encoder
from index.snapshot import Snapshot
from rag.assistant import Assistant
from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and how to measure: the `home` to ask, the folder that homes of sets are kept in, whether beside peers."""

    home: Path | None
    work: Path | None
    peers: bool = True

    @property
    def settings(self) -> Settings:
        """The product's settings, but that a refusal shows as many nearest clauses as are measured."""
        return replace(Settings.from_environment(os.environ, self.home), nearest=DEPTH)

    @property
    def folder(self) -> Path:
        """Where homes of sets are kept: `work`, or a folder beside the home."""
        home = self.settings.home
        return self.work or home.with_name(f"{home.name}-eval")


def run(system: System, questions: Sequence[GoldQuestion]) -> Report:
    """Every question asked of the system, in order, and judged."""
    return Report(system.name, judge(questions, [system.respond(question) for question in questions]))


def measure(gold: GoldSet, setting: Setting) -> SetReport:
    """Every question of the set asked of every system, over the same documents.

    Raises GoldError, RagError, IndexingError or CorpusError in one line, ModuleNotFoundError without the peers' libraries.
    """
    settings = setting.settings
    home, made = settings.home, None
    if gold.corpus is not None:
        made = keep(gold.corpus, setting.folder / gold.name, settings)
        home = setting.folder / gold.name / HOME
    assistant = Assistant.open(home, settings=settings)
    snapshot = assistant.state().snapshot
    systems: list[System] = [Ours(assistant)]
    if setting.peers:
        systems += _peers(gold, home, snapshot, settings.encoder())
    reports = tuple(run(system, gold.questions) for system in systems)
    return SetReport(gold.name, reports, len(snapshot.documents), len(snapshot.passages), made, gold.caution)


def _peers(gold: GoldSet, home: Path, snapshot: Snapshot, encoder: Encoder) -> list[System]:
    # Their libraries are only needed here, and take a second to import.
    from eval.peers.dense import Dense
    from eval.peers.lexical import Lexical
    from eval.peers.usual import Usual

    texts = held_texts(home) if gold.corpus is None else gold.corpus.texts(home)
    return [Lexical(snapshot), Dense(snapshot, encoder), Usual(texts)]
