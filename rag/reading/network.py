"""The reading network without torch: where in a clause the words begin and end that answer a question, if any do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import BuiltinEncoder
from rag.pieces import folded
from rag.reading.checkpoint import MODEL_FOLDER, read_checkpoint, unfolded
from rag.reading.reading import Reading
from rag.reading.shape import Shape
from rag.reading.symbols import UNKNOWN, Alphabet, Symbols

Floats = NDArray[np.float32]

QUESTION_CHARACTERS = 64
"""The longest question that is read, in characters (16–256); what is beyond is not looked at."""

WINDOW = 320
"""How much of a clause is read closely, in characters (60–600): reading takes time in proportion."""

LIKE = 0.4
"""The cosine above which a pair of characters is taken for one asked (0–1)."""

_TINY = np.float32(1e-5)


@dataclass(frozen=True)
class Page:
    """A clause made ready for any question: its symbols and what is known of each character, (characters, width).

    `share` is what the state adds where it is joined with the question, of the same shape.
    """

    symbols: Symbols
    state: Floats
    share: Floats

    def __getitem__(self, part: slice) -> Page:
        return Page(self.symbols[part], self.state[part], self.share[part])


@dataclass(frozen=True)
class Asked:
    """A question made ready for any clause: its states (characters, width) and its tokens' and pairs' vectors.

    `has_character` and `has_pair` tell of each id, but those of the unknown, whether it stands in the question.
    """

    text: str
    state: Floats
    tokens: Floats
    pairs: Floats
    has_character: NDArray[np.bool_]
    has_pair: NDArray[np.bool_]


class Network:
    """The weights, and what they make of clauses and questions; safe to share between threads."""

    def __init__(self, weights: dict[str, Floats], alphabet: Alphabet, tokens: Floats, shape: Shape) -> None:
        self._w, self._shape, self.alphabet = unfolded(weights, len(shape.dilations)), shape, alphabet
        self._tokens = np.vstack([np.zeros_like(tokens[:1]), tokens])

    @classmethod
    def load(cls, encoder: BuiltinEncoder, folder: Path = MODEL_FOLDER) -> Network:
        """The network of a folder that `rag.reading.training` wrote. Raises ReadingModelError as `read_checkpoint`."""
        held = read_checkpoint(folder, encoder.fingerprint)
        return cls(held.weights, Alphabet(held.characters, encoder.vocabulary), encoder.units, held.shape)

    def page(self, text: str, labels: Floats) -> Page:
        """A clause made ready; `labels` as `rag.reading.symbols.labels` gives them for the same text."""
        symbols = self.alphabet.symbols(folded(text))
        shown, _, _ = self._vectors(symbols)
        state = _relu(self._linear("clause", np.hstack([shown, labels])))
        state += _relu(self._linear("clause_mixed", self._along("clause_near", state, 1)))
        return Page(symbols, state, state @ self._w["fused.state"] + self._w["fused.bias"])

    def asked(self, text: str) -> Asked:
        """A question made ready."""
        # A question without a character is read as one of which nothing is known.
        text = folded(text)[:QUESTION_CHARACTERS] or " "
        symbols = self.alphabet.symbols(text)
        shown, tokens, pairs = self._vectors(symbols)
        state = _relu(self._linear("question", shown))
        for number in range(self._shape.question_layers):
            state = state + _relu(self._along_all(f"question_near.{number}", state))
        has_character = np.zeros(len(self.alphabet), dtype=np.bool_)
        has_character[symbols.characters] = True
        has_pair = np.zeros(len(self._tokens), dtype=np.bool_)
        has_pair[symbols.pairs] = True
        has_character[: UNKNOWN + 1] = has_pair[0] = False
        return Asked(text, state, tokens, pairs, has_character, has_pair)

    def read(self, asked: Asked, page: Page, above: str) -> Reading:
        """What the question finds in the clause; `above` is the title and headings, whose words need not be repeated."""
        headed = headed_by(asked.text, folded(above))
        question = asked.state + headed[:, None] * self._w["headed.weight"][:, 0]
        wish = _softmax(self._linear("pooled", question)[:, 0]) @ question
        near = (
            self._tokens[page.symbols.tokens] @ asked.tokens.T,
            self._tokens[page.symbols.pairs] @ asked.pairs.T,
        )
        missed = self._missed(question, near, headed)
        window = likeliest_window(near[1])
        if window.stop - window.start < len(page.symbols):
            page, near = page[window], (near[0][window], near[1][window])
        seen, looked = self._looked(question, page, near)
        joined = page.share + seen @ self._w["fused.seen"]
        joined += (page.state * seen) @ self._w["fused.both"]
        joined += _relation(page.symbols, asked, near, looked) @ self._w["fused.relation"]
        state = self._among_neighbours(_relu(joined) * (2 * _sigmoid(self._linear("gate", wish))))
        by_question = self._linear("out_asked", wish).reshape(3, -1)
        logits = self._linear("out", state) + state @ by_question.T
        greatest = state.max(axis=0)
        hidden = _relu(self._linear("nothing", np.concatenate([greatest, wish, greatest * wish, missed])))
        nothing = self._linear("nothing_out", hidden)[0]
        starts, ends, insides = logits.T.astype(np.float32)
        return Reading(starts - nothing, ends - nothing, _sigmoid(insides), float(nothing), window.start)

    def _looked(self, question: Floats, page: Page, near: Sequence[Floats]) -> tuple[Floats, Floats]:
        """What each character of the clause sees of the question, (characters, width), and how much of it it looks at."""
        first, second = self._w["likeness"]
        keys = question @ self._w["aligned.weight"] / np.float32(self._shape.width**0.5)
        alike = page.state @ keys.T
        alike += first * near[0]
        alike += second * near[1]
        # Question first: numpy is several times as quick along long rows. One column more, of likeness 0, is part of the
        # whole: a character may look at nothing asked.
        alike = np.ascontiguousarray(alike.T)
        highest = np.maximum(alike.max(axis=0), 0)
        alike -= highest
        looked = np.exp(alike, out=alike)
        looked /= looked.sum(axis=0) + np.exp(-highest)
        return looked.T @ question, looked.sum(axis=0)

    def _among_neighbours(self, state: Floats) -> Floats:
        """The state after the convolutions along the clause; the one given is changed."""
        nothing = np.zeros_like(state)
        for number, step in enumerate(self._shape.dilations):
            inner = self._along(f"near.{number}", _normed(state), step)
            inner = self._linear(f"mixed.{number}", inner)
            # With an array of zeros numpy takes a third of the time that it takes with the number.
            state += np.maximum(inner, nothing, out=inner)
        return state

    def _vectors(self, symbols: Symbols) -> tuple[Floats, Floats, Floats]:
        token, pair = self._tokens[symbols.tokens], self._tokens[symbols.pairs]
        before = np.zeros_like(pair)
        before[1:] = pair[:-1]
        return np.hstack([self._w["character.weight"][symbols.characters], token, pair, before]), token, pair

    def _missed(self, question: Floats, near: Sequence[Floats], headed: Floats) -> Floats:
        heads = self._linear("missed", question)
        heads = np.exp(heads - heads.max(axis=0))
        heads /= heads.sum(axis=0)
        spoken_of = np.array([each.max(axis=0) for each in near])
        lacking = (1 - np.minimum(np.maximum(spoken_of, 0), 1)) * (1 - headed)
        missed: Floats = (lacking @ heads).ravel()
        return missed

    def _linear(self, name: str, values: Floats) -> Floats:
        result: Floats = values @ self._w[f"{name}.weight"]
        result += self._w[f"{name}.bias"]
        return result

    def _along(self, name: str, values: Floats, step: int) -> Floats:
        """A convolution along the characters, each channel by itself; beyond the text stands `…edge`."""
        padded = _padded(values, step * (self._shape.kernel // 2), self._w.get(f"{name}.edge"))
        row, column = padded.strides
        shape = (len(values), self._shape.kernel, values.shape[1])
        # For each character, the rows at the kernel's places: a view (numpy's as_strided takes ten times as long to make).
        seen: Floats = np.ndarray(shape, np.float32, padded.data, 0, (row, step * row, column))
        result: Floats = np.einsum("nkc,kc->nc", seen, self._w[f"{name}.weight"])
        return result

    def _along_all(self, name: str, values: Floats) -> Floats:
        """A convolution along the characters over all channels."""
        padded = _padded(values, self._shape.kernel // 2)
        windows = np.hstack([padded[place : place + len(values)] for place in range(self._shape.kernel)])
        return self._linear(name, windows)


def likeliest_window(near: Floats) -> slice:
    """The `WINDOW` characters that come nearest to the question, all of a shorter clause.

    `near` (characters, question characters) holds cosines of pairs. The network looks some 30 characters to either
    side, so what stands far from all that was asked tells it little.
    """
    if len(near) <= WINDOW:
        return slice(0, len(near))
    until = np.concatenate([[0.0], np.cumsum(np.maximum(near.max(axis=1) - LIKE, 0))])
    held = until[WINDOW:] - until[:-WINDOW]
    # Of windows that hold as much the middle one, so that there is something to read on either side.
    best = np.flatnonzero(held >= held.max() - _TINY)
    start = int(best[len(best) // 2])
    return slice(start, start + WINDOW)


def _padded(values: Floats, reach: int, edge: Floats | None = None) -> Floats:
    """The rows with `reach` rows of `edge` (zeros without one) before and after them."""
    padded = np.empty((len(values) + 2 * reach, values.shape[1]), dtype=np.float32)
    padded[:reach] = padded[reach + len(values) :] = 0 if edge is None else edge
    padded[reach : reach + len(values)] = values
    return padded


def _normed(values: Floats) -> Floats:
    """Each row less its mean, in units of its deviation."""
    share = np.full(values.shape[1], 1 / values.shape[1], dtype=np.float32)
    values = values - (values @ share)[:, None]
    values *= (1 / np.sqrt((values * values) @ share + _TINY))[:, None]
    return values


def headed_by(asked: str, above: str) -> Floats:
    """1 for each character of the question that stands in `above` together with a neighbour, else 0.

    >>> headed_by("青屏街燃气", "青屏街道方案").tolist()
    [1.0, 1.0, 1.0, 0.0, 0.0]
    """
    found = np.zeros(len(asked), dtype=np.float32)
    for at in range(len(asked) - 1):
        if asked[at : at + 2] in above:
            found[at : at + 2] = 1
    return found


def _relation(page: Symbols, asked: Asked, near: Sequence[Floats], looked: Floats) -> Floats:
    """For each character whether it or its pairs stand in the question, how near these come, how much it looks at."""
    relation = np.zeros((len(page), 6), dtype=np.float32)
    relation[:, 0] = asked.has_character[page.characters]
    relation[:, 1] = asked.has_pair[page.pairs]
    relation[1:, 2] = relation[:-1, 1]
    for column, each in enumerate(near, start=3):
        # Numpy finds the greatest of many short rows slowly.
        np.maximum(np.ascontiguousarray(each.T).max(axis=0), 0, out=relation[:, column])
    relation[:, 5] = looked
    return relation


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)


def _sigmoid(values: Floats) -> Floats:
    result: Floats = np.reciprocal(1 + np.exp(-values))
    return result


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max())
    result: Floats = raised / raised.sum()
    return result
