"""What a service leaves to people."""

from collections.abc import Iterator

from nb2prod.model.notebook import Place
from nb2prod.model.plan import FileLine, HumanWork
from nb2prod.model.serving import Serving

SETTINGS = FileLine("config/serve.toml", 1)


def work_of_service(served: Serving, changed_label: Place | None) -> Iterator[HumanWork]:
    """The open points of a service."""
    if served.why:
        what = f"keep what training learned of its rows, so that {served.model.name} can be asked about raw rows"
        why = f"a client must prepare the model's own columns today: {served.why}"
        yield HumanWork(what, why, None, "ML engineer", "a day", False, "integration testing", "fallback")
    if changed_label is not None:
        what = f"agree with the callers on the unit of what {served.model.name} predicts, or undo the change of scale"
        why = "the notebook put the label on another scale before it fitted the model, and the service answers on that scale"
        yield HumanWork(what, why, changed_label, "ML engineer", "an hour", True, "integration testing", "decision")
    what = "decide who may call the service, and put what checks that in front of it"
    why = "it answers everybody who reaches it: it has no authentication of its own"
    yield HumanWork(what, why, None, "software engineer", "a day", True, "integration testing", "decision")
    told = served.unsure is not None or served.task == "number"
    what = f"choose min_quality{'' if told else ', min_confidence and the fallback decision'} in config/serve.toml"
    why = f"the notebook does not say how good is good enough{'' if told else ', or what happens when the model is not sure'}"
    yield HumanWork(what, why, None, "product manager", "an hour", False, "rollout", "setting", SETTINGS)
    if not served.held:
        what = "hold rows out of training and score the model on them"
        why = "without a score `promote` can't tell a good version from a bad one, and asks for --force"
        yield HumanWork(what, why, None, "ML engineer", "half a day", False, "rollout", "setting")
    what = "say how and when outcomes arrive for the `evaluate` command, and what a right answer is worth"
    why = "without outcomes nobody sees that the model has become worse, or that it is worth its cost"
    yield HumanWork(what, why, None, "ML engineer", "half a day", False, "monitoring", "decision")
