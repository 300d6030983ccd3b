"""What the 文件管理 tab does: each deed checks who asks, does one thing, and tells what went wrong in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from corpus.document import Document, Status
from corpus.errors import CorpusError
from index.errors import HomeLockedError, HomeWriteError, IndexingError
from rag.api.admin import Caller
from rag.api.incoming import check_room
from rag.api.library import changing
from rag.api.opening import NotReadyError, Opening, Step
from rag.api.problems import ProblemError, is_full
from rag.assess import Same
from rag.assistant import Assistant
from rag.errors import BadFilterError, RagError
from rag.proposals import Proposal
from rag.report import Report
from ui.labels import trouble
from ui.task_options import read_day
from ui.upload_gate import Gate
from ui.upload_staged import Staged

TICK: Final = 0.3
"""Seconds between two looks at how far a change is (0.1–5)."""
EXPECTED: Final = (
    ProblemError, RagError, CorpusError, IndexingError, NotReadyError, OSError, ValueError,
)  # fmt: skip
"""What can go wrong and is told on the page; anything else is a fault of the program."""

Progress = Callable[[str, int, int], None]
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Desk:
    """The deeds, over what `opening` holds, for those whom `gate` lets."""

    opening: Opening
    gate: Gate

    def refusal(self, caller: Caller, key: str | None) -> str:
        """Why this caller may change nothing, in Chinese; "" when he may."""
        try:
            self.gate.check(caller, key or "")
        except ProblemError as error:
            return error.detail_zh or str(error)
        return ""

    def held(self) -> dict[str, Document]:
        """The held documents by id; none while they are not ready."""
        return dict(self.opening.assistant.documents) if self.opening.ready else {}

    def read(self, staged: Staged, dropped: Sequence[str]) -> Iterator[Step | Staged]:
        """Takes dropped files over and reads them, telling how far that is; last comes what is staged then."""
        home = self.opening.assistant.home
        grown, new = staged.take_over(dropped)
        try:
            for told in in_steps(lambda progress: home.preview(new, progress=progress)):
                yield told if isinstance(told, Step) else grown.told(told)
        except EXPECTED:
            for path in new:
                path.unlink(missing_ok=True)
            raise

    def add(self, staged: Staged, same: Same) -> Iterator[Step | tuple[Report, ...]]:
        """Takes staged files in, telling how far that is; last come the reports, one for each file."""
        assistant = self.opening.assistant

        def add(progress: Progress) -> tuple[Report, ...]:
            check_room(assistant.home.path, staged.paths)
            with changing(assistant):
                return assistant.home.add(staged.paths, same=same, progress=progress)

        return self._changed(assistant, add)

    def remove(self, document_id: str) -> Iterator[Step | None]:
        """Takes a document out with its older versions, telling how far that is."""
        assistant = self.opening.assistant

        def remove(progress: Progress) -> None:
            with changing(assistant):
                assistant.home.remove(document_id, progress=progress)

        return self._changed(assistant, remove)

    def say(
        self, document_id: str, status: Status | None, since: str, until: str, replaced_by: str | None
    ) -> Document:
        """Puts down whether a document is in force. Raises BadFilterError for days that are none."""
        first, last = _day("施行日期", since), _day("失效日期", until)
        if first and last and first > last:
            raise BadFilterError("since is after until", "施行日期晚于失效日期")
        assistant = self.opening.assistant
        with changing(assistant):
            return assistant.home.say(
                document_id, status=status, since=first, until=last, replaced_by=replaced_by or None
            )

    def proposals(self, document_id: str) -> tuple[Proposal, ...]:
        """What a held clean-up notice would change."""
        return self.opening.assistant.home.proposals(document_id)

    def confirm(self, document_id: str, chosen: Sequence[str]) -> int:
        """Carries out what the notice says of the chosen documents; how many that were."""
        assistant = self.opening.assistant
        with changing(assistant):
            proposed = [each for each in self.proposals(document_id) if each.document_id in chosen]
            return len(assistant.home.confirm(proposed))

    def _changed(self, assistant: Assistant, deed: Callable[[Progress], Done]) -> Iterator[Step | Done]:
        """A deed and then the documents as they are after it, made ready before anyone asks."""

        def and_ready(progress: Progress) -> Done:
            done = deed(progress)
            assistant.state()
            return done

        return in_steps(and_ready)


def in_steps(deed: Callable[[Progress], Done]) -> Iterator[Step | Done]:
    """Does something beside, telling how far it is from time to time; last comes what came of it, or is raised."""
    steps = [Step()]
    with ThreadPoolExecutor(1, thread_name_prefix="change") as executor:
        future = executor.submit(deed, lambda stage, done, total: steps.append(Step(stage, done, total)))
        yield steps[-1]
        while not future.done():
            wait([future], TICK)
            yield steps[-1]
        yield future.result()


def in_one_line(error: Exception) -> str:
    """What went wrong, for people."""
    if isinstance(error, NotReadyError):
        return "文件正在准备，请稍候再试"
    if is_full(error):
        return "磁盘已满，什么也没有改动；请腾出空间再试"
    if isinstance(error, HomeLockedError):
        return "另一个进程正在改动文件，请稍候再试"
    if isinstance(error, ProblemError):
        return error.detail_zh or str(error)
    if isinstance(error, RagError):
        return error.message_zh
    if isinstance(error, FileNotFoundError):
        return "上传的文件已经不在了，请重新选择"
    if isinstance(error, HomeWriteError):
        return f"数据目录不能写入：{error}"
    return trouble(error)


def _day(name: str, typed: str | None) -> str | None:
    if not (typed or "").strip():
        return None
    try:
        read: date = read_day(typed or "")
    except ValueError as error:
        raise BadFilterError(
            f"got {(typed or '')[:20]!r}, expected a day like 2024-12-31",
            f"{name}应写成 2024-12-31 这样的日期",
        ) from error
    return read.isoformat()
