"""Why a run did not end well, in words that say what to do."""

from typing import Literal

from nb2prod.model.evidence import Failure, Trace

NETWORK = (
    "no network while tracing",
    "Network is unreachable",
    "Name or service not known",
    "Temporary failure in name resolution",
    "getaddrinfo",
)


def unfinished(trace: Trace) -> str:
    """Why the notebook's own run proves nothing."""
    if trace.ended_well:
        return "the project was not run"
    failure = trace.failure or Failure("Error", "unknown")
    return f"the notebook itself {_how(trace, failure)}"


def _how(trace: Trace, failure: Failure) -> str:
    where = f"at cell {failure.cell}" if failure.cell else f"at {trace.reached or 'its start'}"
    text = f"{failure.type}: {failure.message}".splitlines()[0][:300]
    if trace.ending == "timeout":
        return f"runs out of time {where} ({failure.message}); allow more with --timeout"
    if trace.ending == "memory":
        return f"runs out of memory {where}; allow more with --memory"
    if trace.ending == "crash":
        return f"crashes {where} ({text})"
    if failure.type == "ModuleNotFoundError":
        return f"needs a package that is not installed {where} ({failure.message}); choose another --python or --env"
    if any(sign in failure.message for sign in NETWORK):
        return f"needs the network {where} ({text}); allow it with --allow-network"
    if failure.type == "FileNotFoundError":
        return f"needs a file that is not there {where} ({text})"
    return f"fails {where} ({text})"


def reason(project: Trace, failure: Failure) -> tuple[Literal["differs", "not proven"], str]:
    """The verdict on a project that does not run where its notebook does."""
    said = f"the project {_how(project, failure)}"
    if failure.type == "ModuleNotFoundError":
        return "not proven", said
    return "differs", f"{said}; the notebook runs to its end"
