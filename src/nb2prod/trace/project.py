"""What a project folder says of itself: its package and which cells each stage was made of."""

import json
from dataclasses import dataclass
from pathlib import Path

from nb2prod.trace.workplace import TraceError


@dataclass(frozen=True, slots=True)
class Made:
    """A generated project on disk: the folder of its sources, its package, its stages and their cells."""

    source: Path
    package: str
    stages: tuple[tuple[str, tuple[int, ...]], ...]


def made_in(path: str) -> Made:
    """Read `nb2prod.json`; raises TraceError if the folder holds no project of ours."""
    folder = Path(path)
    report = folder / "nb2prod.json"
    try:
        content = json.loads(report.read_text(encoding="utf-8"))
        stages = tuple((str(stage["name"]), tuple(map(int, stage["cells"]))) for stage in content["stages"])
        package = str(content["package"])
    except FileNotFoundError:
        raise TraceError(
            f"{folder}: holds no nb2prod.json; name the folder that `nb2prod convert` has written"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TraceError(f"{report}: can't be read ({error}); convert the notebook again") from error
    if not package.isidentifier() or not (folder / "src" / package / "pipeline.py").is_file():
        raise TraceError(f"{folder}: has no src/{package}/pipeline.py; convert the notebook again")
    return Made(folder / "src", package, stages)
