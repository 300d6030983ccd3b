"""What a reader process and its parent tell one another: pickles, each after its length."""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from corpus.catalogue import Catalogue
from corpus.limits import Limits

LONGEST: Final = 2**29
"""No pickled document is longer than this, in bytes (2^20–2^40)."""

_LENGTH: Final = struct.Struct(">Q")
_TOLD: Final = frozenset({"corpus.document", "corpus.frames", "corpus.task"})


@dataclass(frozen=True, slots=True)
class Start:
    """What a process is told first: its limits, and the folder for temporary files that it removes when it ends."""

    limits: Limits
    folder: str


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be read under an id, with what the catalogue says of it, in so many seconds of processor time."""

    path: Path
    document_id: str
    catalogue: Catalogue
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A pickled document, or the kind and the words of an error; `last` when the process ends after it."""

    document: bytes = b""
    error: str = ""
    message: str = ""
    last: bool = False


def send(stream: BinaryIO, message: object) -> None:
    """Write one message. Raises OSError when nobody reads any more."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next message of whoever may be believed, or None at the end."""
    content = _content(stream)
    return None if content is None else pickle.loads(content)


def receive_answer(stream: BinaryIO) -> Answer | None:
    """The next answer of a process that may have been taken over by what it read, or None at its end."""
    content = _content(stream)
    if content is None:
        return None
    answer = unpickle(content)
    return answer if isinstance(answer, Answer) else None


def unpickle(content: bytes) -> Any:
    """An object of the classes that documents are made of. Raises pickle.UnpicklingError for any other."""
    return _Careful(io.BytesIO(content)).load()


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in _TOLD and name.isidentifier() and name[0].isupper():
            return super().find_class(module, name)
        raise pickle.UnpicklingError(
            f"{module}.{name} is no part of a document; the reader process is at fault"
        )


def _content(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length = _LENGTH.unpack(head)[0]
    if length > 2 * LONGEST:
        return None
    content = stream.read(length)
    return content if len(content) == length else None
