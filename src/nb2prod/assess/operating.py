"""The dimensions of readiness that begin once the code is right: serving, watching, deploying, operating."""

from nb2prod.assess.case import Case
from nb2prod.assess.points import asked, clean, dimension, made, seen
from nb2prod.model.report import Dimension, Point

SERVICE = ("service.py", "app.py")


def serving(case: Case) -> Dimension:
    """The pattern that fits, health checks, and what happens when something is wrong."""
    chosen = case.plan.profile
    pattern = seen("the serving pattern is chosen", 1, f"{chosen}: {case.plan.profile_why}", "", "planning")
    graceful = clean(case, "errors are neither swallowed nor only printed", ("errors",))
    if chosen != "service":
        return dimension("Serving", pattern, graceful)
    return dimension(
        "Serving",
        pattern,
        graceful,
        made(case, "health checks answer", SERVICE, "add /health and /ready", "infrastructure", ("/health",)),
        _holds(case, "422", "input that it can't answer is refused with the field", "answer 422"),
        _holds(case, "503", "a dependency that is down is told apart from a bug", "answer 503"),
        _holds(case, "fallback", "an answer that it is not sure of has a fallback", "decide what happens then"),
    )


def _holds(case: Case, text: str, claim: str, todo: str) -> Point:
    file = case.holding(text)
    return seen(
        claim, file is not None, f"generated: {file.path}" if file else "not in the project", todo, "infrastructure"
    )


def monitoring(case: Case) -> Dimension:
    """Of the model, of the machines, of the business."""
    quality = drift = None
    if case.learns:
        todo = "log every prediction, and score them once the truth is known"
        texts = ("def evaluate",)
        quality = made(case, "prediction quality is tracked", ("monitoring.py",), todo, "monitoring", texts)
        more = "compare new input with the training data, and say when it moves"
        drift = made(case, "drift is detected", ("drift.py",), more, "monitoring", ("def psi",))
    alerts = None
    if case.plan.profile == "service":
        todo = "export latency, error rate and throughput, and say when they are wrong"
        alerts = made(case, "latency and errors are watched, with alerts", ("alerts.yml",), todo, "monitoring")
    logs = seen(
        "what it does is logged",
        case.holding("logging", "getLogger") is not None or not case.found("print-as-log"),
        "through logging" if case.holding("logging", "getLogger") else "it prints nothing",
        "log it",
        "monitoring",
    )
    business = asked(case, "business_value", "the business metric that it moves is watched", "monitoring")
    return dimension("Monitoring", logs, quality, drift, alerts, business)


def deployment(case: Case) -> Dimension:
    """Version control, a build, and a way back."""
    rollout: tuple[Point | None, ...] = ()
    if case.plan.profile == "service":
        paths = ("registry.py",)
        rollout = (
            made(case, "rolling back is one command", paths, "keep versions, and rehearse the way back", "rollout"),
            _rolled(case, "canary", "a small share of the traffic can go first"),
            _rolled(case, "shadow", "a version can run along without being used"),
        )
    image = None
    if case.plan.profile != "library":
        image = made(case, "an image can be built", ("Dockerfile",), "write a Dockerfile", "infrastructure")
    locked = ("uv.lock", "constraints.txt", "requirements.lock", "pylock.toml")
    return dimension(
        "Deployment",
        made(case, "every change is tested", ("ci.yml", "ci.yaml", "tests.yml"), "add a CI job", "infrastructure"),
        made(case, "the environment is pinned", locked, "prove the project: it pins what ran", "infrastructure"),
        image,
        clean(case, "nothing in the notebook is secret or unsafe to run", ("secrets",), "infrastructure"),
        *rollout,
    )


def _rolled(case: Case, text: str, claim: str) -> Point:
    file = case.holding(text)
    why = f"generated: {file.path}" if file else "not in the project"
    return seen(claim, file is not None, why, f"decide how a new version goes out: {text}", "rollout")


def operations(case: Case) -> Dimension:
    """Who watches, who retrains, who investigates, and what it costs."""
    book = None
    if case.plan.profile != "library":
        todo = "write down what to do when it is down, slow or wrong: docs/RUNBOOK.md"
        book = made(case, "a runbook says what to do when", ("RUNBOOK.md",), todo, "monitoring")
    return dimension(
        "Operations",
        asked(case, "owners", "monitoring, retraining and investigating have owners", "monitoring"),
        asked(case, "running_cost", "the running cost is known and carried", "planning"),
        book,
    )


def organisation(case: Case) -> Dimension:
    """Skills, change, and the systems around it."""
    return dimension(
        "Organisation",
        asked(case, "skills", "the team has the skills, or gets them"),
        asked(case, "change", "the organisation is prepared to work with the answers", "rollout"),
        asked(case, "integration", "the work of connecting it is understood", "integration testing"),
    )
