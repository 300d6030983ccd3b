"""The built-in model's light loader: a text becomes character n-grams, their vectors are summed.

Needs numpy and safetensors only, so that the model is ready in a fraction of a second.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.errors import EncoderError

MODEL_FOLDER = Path(__file__).parent / "model"
FORMAT = 1
"""Version of the folder's layout and of the tokenisation; a change of either is a new number."""

CONFIG_FILE, VOCABULARY_FILE, VECTORS_FILE = "config.json", "vocabulary.txt", "model.safetensors"
ANY_NUMBER = "0"
"""What a digit run is read as inside a bigram, so that 30日 and 15日 share the bigram `0日`."""

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}0-9]+|[a-z]+")
_UNIT = re.compile("[0-9]+|[^0-9]")
_DIGIT = re.compile("[0-9]")
_LONG = re.compile("[a-z]{2,}|[0-9]{2,}")
_NO_CHARACTER = 0x40000
"""Above the codes of all characters that a token may have; 2¹⁸, so that two codes make one number."""
_CODE_BITS, _ASCII_END = 18, 0x80


def normalise(text: str) -> str:
    """The text as the model reads it: NFKC, lower case.

    Example:
        >>> normalise("２０２４年 LPG")
        '2024年 lpg'
    """
    return unicodedata.normalize("NFKC", text).lower()


def ngrams(text: str) -> list[str]:
    """The text's tokens in the order of the text: characters, bigrams, latin words, digit runs.

    A bigram stands between its two characters and never reaches over anything that is neither a Chinese
    character nor a digit, so a stretch of the tokens is the tokens of a stretch of the text.

    Example:
        >>> ngrams("瓶改管 30日 LPG")
        ['瓶', '瓶改', '改', '改管', '管', '30', '0日', '日', 'lpg']
    """
    tokens: list[str] = []
    for run in _RUN.findall(normalise(text)):
        if run[0].isascii() and run[0].isalpha():
            tokens.append(run)
            continue
        units, letters = (run, run)
        if _DIGIT.search(run):
            units = _UNIT.findall(run)
            letters = [ANY_NUMBER if unit[0].isdecimal() else unit for unit in units]
        for unit, left, right in zip(units, letters, letters[1:], strict=False):
            tokens += (unit, left + right)
        tokens.append(units[-1])
    return tokens


def _codes(text: str) -> NDArray[np.int64]:
    """Each character's code, (characters,) int64; `_NO_CHARACTER` for one that no token has."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    bounded: NDArray[np.int64] = np.minimum(codes, _NO_CHARACTER).astype(np.int64)
    return bounded


@dataclass(frozen=True)
class Vocabulary:
    """The tokens that have a vector; a token's id is its place in `tokens`."""

    tokens: tuple[str, ...]

    @cached_property
    def _lookup(self) -> Callable[[str, int], int]:
        """A token's id plus one, or what is given for one that has no vector."""
        return {token: number for number, token in enumerate(self.tokens, start=1)}.get

    @cached_property
    def _spelled(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The codes of all tokens one after the other, where each token begins there, and its length in characters."""
        codes = _codes("\n".join((*self.tokens, "")))
        ends = np.flatnonzero(codes == ord("\n"))
        starts = np.concatenate([[0], ends + 1])[:-1]
        return codes, starts, ends - starts

    @cached_property
    def _characters(self) -> NDArray[np.int32]:
        """For each character's code the id plus one of the token that it is by itself."""
        codes, starts, lengths = self._spelled
        single = np.flatnonzero(lengths == 1)
        found = np.zeros(_NO_CHARACTER + 1, dtype=np.int32)
        found[codes[starts[single]]] = single + 1
        return found

    @cached_property
    def _bigrams(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The bigrams, each as one number, ascending, and their ids plus one; the last stands for no bigram."""
        codes, starts, lengths = self._spelled
        pairs = np.flatnonzero(lengths == len("瓶改"))
        left, right = codes[starts[pairs]], codes[starts[pairs] + 1]
        # Two characters of ASCII are a latin word or a digit run.
        chinese = np.maximum(left, right) >= _ASCII_END
        joined, numbers = (left << _CODE_BITS | right)[chinese], pairs[chinese] + 1
        order = np.argsort(joined)
        held = np.append(joined[order], np.iinfo(np.int64).max)
        return held, np.append(numbers[order], 0).astype(np.int32)

    def id_of(self, token: str) -> int | None:
        """The id of a token, None for what is none."""
        number = self._lookup(token, 0)
        return number - 1 if number else None

    def ids(self, text: str) -> NDArray[np.int64]:
        """The ids of the text's known tokens, in the order of the text, (tokens,) int64."""
        text = normalise(text)
        both = np.column_stack(self.placed(text))
        for run in _LONG.finditer(text):
            both[run.start() + 1 : run.end(), 0] = 0
        return both[both > 0].astype(np.int64) - 1

    def distinct_ids(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """For each text the distinct ids of its known tokens, ascending: for many texts at once a third of the work.

        Example:
            >>> Vocabulary(("瓶", "改", "瓶改")).distinct_ids(["瓶改瓶", "改"])
            [array([0, 1, 2]), array([1])]
        """
        normal = [normalise(text) for text in texts]
        found = np.concatenate(self.placed("\n".join((*normal, ""))))
        text_of = np.tile(np.repeat(np.arange(len(texts)), [len(text) + 1 for text in normal]), 2)
        held, beyond = found > 0, len(self) + 1
        keys = np.sort(text_of[held] * beyond + found[held])
        # As np.unique, which takes three times as long for so few.
        keys = keys[np.flatnonzero(np.diff(keys, prepend=-1))]
        bounds = np.searchsorted(keys, np.arange(len(texts) + 1) * beyond)
        return [keys[start:end] % beyond - 1 for start, end in pairwise(bounds)]

    def placed(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """For each character of a normalised text, the token it stands in and the bigram that begins with it.

        Both (characters,) int32: the token's id plus one, 0 where the vocabulary has no such token. All characters of
        a latin word or digit run stand in the same token; the bigram of a digit run begins at its last digit.

        Example:
            >>> Vocabulary(("30", "日", "0日")).placed("30日,")
            (array([1, 1, 2, 0], dtype=int32), array([0, 3, 0, 0], dtype=int32))
        """
        tokens = self._characters[_codes(text)]
        for run in _LONG.finditer(text):
            tokens[run.start() : run.end()] = self._lookup(run.group(), 0)
        letters = _codes(_DIGIT.sub(ANY_NUMBER, text))
        wanted = letters[:-1] << _CODE_BITS | letters[1:]
        held, numbers = self._bigrams
        place = np.searchsorted(held, wanted)
        bigrams = np.zeros_like(tokens)
        bigrams[:-1] = np.where(held[place] == wanted, numbers[place], 0)
        return tokens, bigrams

    def __len__(self) -> int:
        return len(self.tokens)

    def save(self, folder: Path) -> None:
        """Write one token a line, in the order of the ids."""
        (folder / VOCABULARY_FILE).write_text(
            "".join(f"{token}\n" for token in self.tokens), "utf-8", newline="\n"
        )

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Read what `save` wrote."""
        return cls(tuple((folder / VOCABULARY_FILE).read_text("utf-8").split("\n")[:-1]))


def bag(ids: Sequence[int] | NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """A text's distinct ids, ascending, and the weight of each: the root of how often it stands in the text.

    Example:
        >>> bag([7, 3, 7, 7, 7])
        (array([3, 7]), array([1., 2.], dtype=float32))
    """
    distinct, counts = np.unique(np.asarray(ids, dtype=np.int64), return_counts=True)
    return distinct, np.sqrt(counts, dtype=np.float32)


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row divided by its length; a row of zeros stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return rows


@dataclass(frozen=True)
class StaticModel:
    """A vector for each token, held as bytes: `codes` (n, dimension) int8 times `scales` (n,) float32."""

    vocabulary: Vocabulary
    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.codes.shape[1])

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of the tokens `ids`, (n, dimension), of the length they were trained to."""
        return self.codes[ids].astype(np.float32) * self.scales[ids, None]

    def encode(self, texts: Iterable[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text, (n, dimension); zeros for a text without any known token."""
        sums = []
        for text in texts:
            ids, weights = bag(self.vocabulary.ids(text))
            sums.append((weights * self.scales[ids]) @ self.codes[ids].astype(np.float32))
        return unit_rows(np.asarray(sums, dtype=np.float32).reshape(-1, self.dimension))

    @classmethod
    def load(cls, folder: Path) -> StaticModel:
        """Read a folder that `index.training` wrote.

        Raises EncoderError when a file is missing, damaged, of another format, or the files do not belong together.
        """
        try:
            config = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
            vocabulary = Vocabulary.load(folder)
            arrays = load_file(folder / VECTORS_FILE)
            codes, scales = arrays["codes"], arrays["scales"]
        except (OSError, SafetensorError, KeyError, ValueError) as error:
            raise EncoderError(
                f"no whole model in {folder} ({type(error).__name__}: {error}); expected {CONFIG_FILE}, "
                f"{VOCABULARY_FILE} and {VECTORS_FILE} as installed: install yiju again"
            ) from error
        if config.get("format") != FORMAT or codes.shape[:1] != scales.shape or len(codes) != len(vocabulary):
            raise EncoderError(
                f"the model in {folder} is of format {config.get('format')} with {len(vocabulary)} tokens and vectors "
                f"of shape {codes.shape}; expected format {FORMAT}, a vector for each token: install yiju again"
            )
        return cls(vocabulary, codes, scales)


def digest_of(files: Iterable[Path], root: Path) -> str:
    """The SHA-256 over the files' names (relative to `root`) and bytes, in the order of the names."""
    whole = hashlib.sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in files):
        with path.open("rb") as stream:
            part = hashlib.file_digest(stream, "sha256").hexdigest()
        whole.update(f"{part}  {name}\n".encode())
    return whole.hexdigest()
