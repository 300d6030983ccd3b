"""What turns texts into vectors: the built-in model, or any model of sentence-transformers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeGuard, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.prompts import Prompts, family_prompts
from index.static import (
    CONFIG_FILE,
    MODEL_FOLDER,
    VECTORS_FILE,
    VOCABULARY_FILE,
    StaticModel,
    Vocabulary,
    digest_of,
    unit_rows,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

TOKEN_DIMENSION = 64
"""How many numbers of a token's vector late interaction looks at (a Matryoshka size of the built-in model)."""

BUILTIN = "builtin"
"""The name `load_encoder` knows the model by that ships with the program."""


class Encoder(Protocol):
    """Turns passages and questions into vectors whose dot product is their nearness (cosine, higher is nearer).

    `fingerprint` is the SHA-256 over the model's files: two encoders of one fingerprint give the same vectors.
    """

    @property
    def name(self) -> str:
        """What `load_encoder` was asked for."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, in hexadecimal."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, (n, dimension)."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each question, (n, dimension)."""


@runtime_checkable
class TokenEncoder(Protocol):
    """Turns a text into tokens and each token into a vector: what late interaction needs."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, in hexadecimal."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def vocabulary_size(self) -> int:
        """How many tokens have a vector; their ids are 0 up to this."""

    def tokens(self, text: str) -> NDArray[np.int64]:
        """The ids of the text's known tokens, in the order of the text, repeated as often as they stand there."""

    def distinct_tokens(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """For each text the distinct ids of its known tokens, ascending."""

    def token_vectors(self, ids: NDArray[np.int64]) -> Vectors:
        """One row of length 1 for each token id, (n, any one dimension)."""

    def term_vectors(self, terms: Sequence[str]) -> Vectors:
        """One row of length 1 for each term that is a token by itself, zeros for any other; as `token_vectors`."""


def gives_tokens(encoder: Encoder) -> TypeGuard[TokenEncoder]:
    """Whether an encoder is a `TokenEncoder` too.

    Asked for every passage that is opened: `isinstance`, which goes through all members of the protocol, takes as long
    as finding the tokens.
    """
    return hasattr(encoder, "token_vectors")


class BuiltinEncoder:
    """The model that ships with the program; both an `Encoder` and a `TokenEncoder`.

    A text without any Chinese character, digit or known latin word is a row of zeros: near to nothing.
    Raises EncoderError when the model's folder is not whole.
    """

    def __init__(self, folder: Path = MODEL_FOLDER, name: str = BUILTIN) -> None:
        self.name = name
        self._folder = folder
        self._model = StaticModel.load(folder)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the files that decide the vectors."""
        files = [self._folder / file for file in (CONFIG_FILE, VOCABULARY_FILE, VECTORS_FILE)]
        return digest_of(files, self._folder)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._model.dimension

    @property
    def vocabulary_size(self) -> int:
        """How many tokens have a vector; their ids are 0 up to this."""
        return len(self._model.vocabulary)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, (n, dimension)."""
        return self._model.encode(texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each question, (n, dimension)."""
        return self._model.encode(texts)

    def tokens(self, text: str) -> NDArray[np.int64]:
        """The ids of the text's known tokens, in the order of the text."""
        return self._model.vocabulary.ids(text)

    def distinct_tokens(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """For each text the distinct ids of its known tokens, ascending."""
        return self._model.vocabulary.distinct_ids(texts)

    @property
    def vocabulary(self) -> Vocabulary:
        """The tokens, in the order of their ids."""
        return self._model.vocabulary

    @cached_property
    def units(self) -> Vectors:
        """What `token_vectors` gives for every token, in the order of the ids."""
        # A row's scale falls out of its direction, so the bytes serve as they are.
        return unit_rows(self._model.codes[:, :TOKEN_DIMENSION].astype(np.float32))

    def token_vectors(self, ids: NDArray[np.int64]) -> Vectors:
        """One row of length 1 for each token id, (n, `TOKEN_DIMENSION`): the leading numbers, trained to do alone."""
        return self.units[ids]

    def term_vectors(self, terms: Sequence[str]) -> Vectors:
        """One row of length 1 for each term that is a token by itself, zeros for any other, (n, dimension)."""
        vectors = np.zeros((len(terms), self.units.shape[1]), dtype=np.float32)
        for row, term in enumerate(terms):
            token = self._model.vocabulary.id_of(term)
            if token is not None:
                vectors[row] = self.units[token]
        return vectors


class SentenceTransformerEncoder:
    """Any model of sentence-transformers, by its name on the hub or the path of a local folder.

    What stands before each question or passage: `prompts`, else what the model's own files say ("query" and "document"),
    else what its family is known to want. `truncate_dim` keeps that many leading numbers of each vector.
    Raises EncoderError when the library is not installed or the model cannot be found or read.
    """

    def __init__(
        self, name_or_path: str, prompts: Prompts | None = None, truncate_dim: int | None = None
    ) -> None:
        self.name = name_or_path
        self._model = _sentence_transformer(name_or_path, truncate_dim)
        own = Prompts(self._model.prompts.get("query") or None, self._model.prompts.get("document") or None)
        # A model that has either prompt says what it wants of both.
        open_still = family_prompts(name_or_path) if own == Prompts() else Prompts()
        self.prompts = (prompts or Prompts()).or_else(own).or_else(open_still)
        self._truncate_dim = truncate_dim

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all files of the model's folder, the prompts and the width: all that decides the vectors."""
        folder = Path(self.name)
        if not folder.is_dir():
            from huggingface_hub import snapshot_download

            folder = Path(snapshot_download(self.name, local_files_only=True))
        files = digest_of((path for path in folder.rglob("*") if path.is_file()), folder)
        return hashlib.sha256(repr((files, self.prompts, self._truncate_dim)).encode()).hexdigest()

    @cached_property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.encode_questions([""]).shape[1])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, (n, dimension)."""
        encoded = self._model.encode_document(
            list(texts), prompt=self.prompts.passage, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(encoded, dtype=np.float32)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each question, (n, dimension)."""
        encoded = self._model.encode_query(
            list(texts), prompt=self.prompts.question, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(encoded, dtype=np.float32)


def load_encoder(
    name: str, prompts: Prompts | None = None, truncate_dim: int | None = None
) -> BuiltinEncoder | SentenceTransformerEncoder:
    """The encoder of that name: "builtin", a name on the hub (`BAAI/bge-small-zh-v1.5`), or a local folder.

    A folder that `index.training` wrote is loaded as the built-in model is, without sentence-transformers; it knows
    neither prompts nor another width.
    Raises EncoderError when there is no such model, or the library it needs is not installed.
    """
    if name != BUILTIN and not (Path(name) / VOCABULARY_FILE).is_file():
        return SentenceTransformerEncoder(name, prompts, truncate_dim)
    if prompts not in (None, Prompts()) or truncate_dim is not None:
        raise EncoderError(f"the model {name!r} takes no prompts and no dimension; leave them unset")
    return BuiltinEncoder() if name == BUILTIN else BuiltinEncoder(Path(name), name)


def _sentence_transformer(name: str, truncate_dim: int | None) -> SentenceTransformer:
    try:
        # Heavy (seconds, hundreds of MB) and an extra: imported only by those who ask for such a model.
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError(
            f"the model {name!r} needs sentence-transformers, which is not installed: "
            f"pip install 'yiju[models]', or use the model {BUILTIN!r}"
        ) from error
    try:
        return SentenceTransformer(name, truncate_dim=truncate_dim)
    except (OSError, ValueError) as error:
        reason = str(error).strip().split("\n")[0]
        raise EncoderError(
            f"no model {name!r} ({reason}); expected {BUILTIN!r}, the path of a model folder, or a name on the hub: "
            "without network, download the model elsewhere and give the path of its folder"
        ) from error
