"""The ranking measures, by a kept library: hit@k and the reciprocal rank of the first right result.

What answers is only known once shown (a passage that contains the words), so the judgements handed over are
of what was shown: result r of a question is its document r, relevant when right.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.response import DEPTH

HIT = "hit_{}"
RECIPROCAL = "mrr"
_NEVER_SHOWN = "never shown"


def ranking(rights: Sequence[Sequence[bool]]) -> list[dict[str, float]]:
    """For each question, given whether each of its results is right, best first: `hit_1` … `hit_10` and `mrr`.

    All are 0–1, higher is better, 0 for a question without results.

    Example:
        >>> [{name: row[name] for name in ("hit_1", "hit_2", "mrr")} for row in ranking([[False, True]])]
        [{'hit_1': 0.0, 'hit_2': 1.0, 'mrr': 0.5}]
    """
    # Comes with the extra `eval`; a plain installation, which has no such thing, is told so by the command.
    from ir_measures import RR, Qrel, ScoredDoc, Success, iter_calc

    names = {Success @ depth: HIT.format(depth) for depth in range(1, DEPTH + 1)} | {RR @ DEPTH: RECIPROCAL}
    qrels, run = [], []
    for question, results in enumerate(rights):
        # Without a relevant document of its own, a question would fall out of the mean instead of counting 0.
        qrels.append(Qrel(str(question), _NEVER_SHOWN, 1))
        for rank, right in enumerate(results, start=1):
            qrels.append(Qrel(str(question), str(rank), int(right)))
            run.append(ScoredDoc(str(question), str(rank), -float(rank)))
    rows: list[dict[str, float]] = [{} for _ in rights]
    for measured in iter_calc(list(names), qrels, run):
        rows[int(measured.query_id)][names[measured.measure]] = float(measured.value)
    return rows
