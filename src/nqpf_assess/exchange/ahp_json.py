"""Weights out of judgements, for machines."""

from collections.abc import Mapping, Sequence
from typing import Any

from nqpf_assess.engine.ahp import Method, Pair, Panel, Priorities

FORMAT = "nqpf-ahp/1"


def ahp_json(found: Sequence[Panel], shares: Mapping[str, float], method: Method) -> dict[str, Any]:
    """Return every group with its experts; `shares`: of the whole, by member."""
    return {
        "format": FORMAT,
        "method": method,
        "random_index": "Saaty 1980",
        "groups": [
            {
                "of": panel.of or None,
                "members": list(panel.members),
                **_figures(panel.found, panel.members),
                "worst": [_pair(pair, panel.members) for pair in panel.worst],
                "experts": [
                    {
                        "by": expert.name,
                        **_figures(expert.found, panel.members),
                        "worst": [_pair(pair, panel.members) for pair in expert.worst],
                    }
                    for expert in panel.experts
                ],
            }
            for panel in found
        ],
        "shares": dict(shares),
    }


def _figures(found: Priorities, members: Sequence[str]) -> dict[str, Any]:
    return {
        "weights": dict(zip(members, found.weights, strict=True)),
        "lambda_max": found.largest,
        "ci": found.index,
        "cr": found.ratio,
        "consistent": found.consistent,
    }


def _pair(pair: Pair, members: Sequence[str]) -> dict[str, Any]:
    return {
        "pair": [members[pair.one], members[pair.other]],
        "judged": pair.judged,
        "consistent": pair.consistent,
        "nearest_step": pair.step,
        "cr_then": pair.ratio_then,
    }
