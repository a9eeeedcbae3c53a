"""`gate.toml` and what was measured → Decision, by the criteria of the way from proof of concept to production."""

from nb2prod.gate.criteria import CRITERIA, Criterion
from nb2prod.gate.decide import decide
from nb2prod.gate.draft import draft
from nb2prod.gate.reading import gate_of, metrics_of

__all__ = ["CRITERIA", "Criterion", "decide", "draft", "gate_of", "metrics_of"]
