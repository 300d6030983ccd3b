"""What a reader process does: reads one file after another into documents, within limits the system keeps.

Started by `corpus.reader_process`; requests come in by standard input, replies go out by standard output, each a length
of eight bytes and a pickle.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import shutil
import signal
import sys
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import BinaryIO, Final

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.flaws import flaws
from corpus.frames import LONGEST, Answer, Request, Start, receive, send
from corpus.library import read_document
from corpus.limits import MIB, Limits
from corpus.tasks import tasks

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock holds there.
    resource = None  # type: ignore[assignment]

WRITTEN_MIB: Final = 1024
"""No file that reading writes (LibreOffice's, for old formats) grows longer than this, in MiB (64–8,192)."""
_WORN: Final = 0.5
"""A process that once took more than this part of the memory allowed is replaced (0.1–0.9): it seldom gives any back."""
_STATUS: Final = Path("/proc/self/status")
_KIB: Final = 1024
_NETWORK: Final = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"})


def main() -> None:
    """Serve until standard input ends."""
    requests, replies = _channels()
    start = receive(requests)
    if start is None:
        return
    assert isinstance(start, Start)
    try:
        _serve(requests, replies, start.limits)
    finally:
        # The parent does so too, but it may have been killed.
        shutil.rmtree(start.folder, ignore_errors=True)


def _serve(requests: BinaryIO, replies: BinaryIO, limits: Limits) -> None:
    _confine(limits)
    sys.addaudithook(_no_network)
    gc.freeze()
    while (request := receive(requests)) is not None:
        assert isinstance(request, Request)
        _set_clocks(request.seconds, limits.patience)
        answer = _answer(request, limits)
        _set_clocks(0, 0)
        send(replies, answer)
        if answer.last:
            return


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for ourselves: what a library prints must not get between the replies."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for taken in (0, 1):
        os.dup2(nothing, taken)
    return requests, replies


def _answer(request: Request, limits: Limits) -> Answer:
    name = request.path.name
    try:
        document = _document(request, limits)
        content = pickle.dumps(document, pickle.HIGHEST_PROTOCOL)
        if len(content) > LONGEST:
            raise CorpusError(f"{name}: {len(document.clauses):,} clauses are too many for one text; part it")
    except MemoryError:
        return Answer(error="CorpusError", message=memory_message(name, limits), last=True)
    except CorpusError as error:
        return Answer(error=type(error).__name__, message=str(error), last=_is_worn(limits))
    except Exception as error:  # noqa: BLE001 (a reader's fault must not end the batch)
        said = f"{name}: cannot be read ({type(error).__name__}: {error}); save it anew in its program and add it again"
        return Answer(error="UnreadableError", message=said, last=True)
    return Answer(content, last=_is_worn(limits))


def _document(request: Request, limits: Limits) -> Document:
    document = read_document(
        request.path, document_id=request.document_id, catalogue=request.catalogue, limits=limits
    )
    document.text.encode()
    return replace(document, flaws=document.flaws + flaws(document), tasks=tasks(document))


def memory_message(name: str, limits: Limits) -> str:
    """What is said of a file that needs too much memory."""
    return f"{name}: needs more than {limits.memory_mib} MiB of memory to be read; part it and add the parts"


def _confine(limits: Limits) -> None:
    if resource is None:
        return
    memory = limits.memory_mib * MIB
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, WRITTEN_MIB * MIB),
    ):
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def _set_clocks(seconds: float, patience: float) -> None:
    """Let the system end this process when a file takes too long, whatever the process is doing and whoever still waits.

    0 seconds stop the clocks. The limit of processor time counts whole seconds from the start of the process.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds * patience)
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        most = ceil(used.ru_utime + used.ru_stime + seconds) if seconds else hard
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _is_worn(limits: Limits) -> bool:
    return _most_held() > _WORN * limits.memory_mib * MIB


def _most_held() -> int:
    """The most memory that this process ever held, in bytes; 0 where the platform does not tell."""
    # Linux counts to `ru_maxrss` what the parent held before this program took its place: a large server would wear
    # out every reader at birth.
    with contextlib.suppress(OSError), _STATUS.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KIB
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * _KIB


def _no_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError("a reader process keeps off the network")


if __name__ == "__main__":
    main()
