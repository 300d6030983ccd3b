"""Nearness in meaning: inner products of a question's vector with the passages' (the one user of faiss)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import checked_range

METRIC = "inner product"
_VECTORS = "vectors.npy"
_GRAPH = "hnsw.faiss"


@dataclass(frozen=True, slots=True)
class DenseSettings:
    """When and how vectors are searched by a graph rather than one by one.

    `flat_limit` (0–10⁸) is the most passages that are compared one by one. Above it an HNSW graph is built
    with `neighbours` (2–256) links each; `build_effort` and `search_effort` (1–10,000) are how many of its
    nodes it looks at.
    """

    # At 50,000 vectors of 256 numbers one core compares all in 14 ms; a graph takes 1 ms, but 45 s to build.
    flat_limit: int = 50_000
    neighbours: int = 32
    build_effort: int = 200
    search_effort: int = 128

    def __post_init__(self) -> None:
        checked_range("flat_limit", self.flat_limit, 0, 100_000_000)
        checked_range("neighbours", self.neighbours, 2, 256)
        checked_range("build_effort", self.build_effort, 1, 10_000)
        checked_range("search_effort", self.search_effort, 1, 10_000)


@dataclass(frozen=True, eq=False)
class DenseIndex:
    """The passages' vectors, float32, shape (passages, dimension), and the graph over them.

    Rows have length 1, so that an inner product is a cosine; a passage of no word the model knows is all zeros.
    `graph` is a faiss HNSW index, None while vectors are compared one by one.
    """

    vectors: NDArray[np.float32]
    graph: Any = None

    @classmethod
    def build(cls, vectors: NDArray[np.float32], settings: DenseSettings | None = None) -> DenseIndex:
        """Index the vectors; row i is passage i. The same vectors make the same index."""
        settings = settings or DenseSettings()
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if len(vectors) <= settings.flat_limit:
            return cls(vectors)
        import faiss

        graph = faiss.IndexHNSWFlat(vectors.shape[1], settings.neighbours, faiss.METRIC_INNER_PRODUCT)
        graph.hnsw.efConstruction = settings.build_effort
        graph.hnsw.efSearch = settings.search_effort
        threads = faiss.omp_get_max_threads()
        # Several threads link in whatever order they finish: one makes the same graph every time.
        faiss.omp_set_num_threads(1)
        try:
            graph.add(vectors)
        finally:
            faiss.omp_set_num_threads(threads)
        return cls(vectors, graph)

    def search(self, vector: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `k` nearest passages (all, when there are fewer), best first, equals by passage number.

        `vector`: float32, shape (dimension,). Returns ids (int64) and inner products (float32, higher is
        nearer).
        """
        wanted = min(k, len(self.vectors))
        if wanted < 1:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        # Imported by the first search: a question that takes `scores` never pays for it.
        import faiss

        question = np.ascontiguousarray(vector, dtype=np.float32)[np.newaxis]
        if self.graph is None:
            found_scores, found = faiss.knn(question, self.vectors, wanted, metric=faiss.METRIC_INNER_PRODUCT)
        else:
            found_scores, found = self.graph.search(question, wanted)
        ids, scores = found[0], found_scores[0]
        # The graph fills up with -1 where it reached fewer than asked.
        order = [at for at in np.lexsort((ids, -scores)) if ids[at] >= 0]
        return ids[order].astype(np.int64), scores[order].astype(np.float32)

    def scores(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The inner product with every passage: float32, shape (passages,), higher is nearer."""
        return np.asarray(self.vectors @ np.asarray(vector, dtype=np.float32), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the vectors, and the graph if there is one, into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / _VECTORS, np.asarray(self.vectors))
        if self.graph is not None:
            import faiss

            faiss.write_index(self.graph, str(folder / _GRAPH))

    @classmethod
    def load(cls, folder: Path) -> DenseIndex:
        """Read what `save` wrote; the vectors stay on disk, memory-mapped read-only.

        Raises OSError, ValueError or RuntimeError when a file is missing or is not what `save` wrote.
        """
        vectors = np.load(folder / _VECTORS, mmap_mode="r").view(np.ndarray)
        if not (folder / _GRAPH).exists():
            return cls(vectors)
        import faiss

        return cls(vectors, faiss.read_index(str(folder / _GRAPH)))
