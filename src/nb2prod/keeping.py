"""The proof that a project's folder holds: kept by a conversion as long as it is one of what is generated now."""

from dataclasses import replace
from pathlib import Path

from nb2prod import __version__
from nb2prod.config import Config
from nb2prod.errors import ConfigError
from nb2prod.model.evidence import Evidence
from nb2prod.model.project import File, Project, file_of
from nb2prod.model.report import Report
from nb2prod.pipeline import Conversion, Proof, convert
from nb2prod.report import project_json
from nb2prod.write import Generated, digest, generated

REPORT, DATA = "nb2prod.json", "tests/data/"


def with_kept_proof(path: str, config: Config, made: Conversion, folder: Path) -> Conversion:
    """A conversion with the evidence and the golden tests that its folder holds.

    If they are of another notebook, another nb2prod or other code by now, the report says that they are stale instead.
    """
    before = generated(folder)
    told = _report_in(folder) if before else None
    if before is None or told is None or told.evidence is None:
        return made
    proof = Proof(told.evidence, _data(before, made.project))
    if before.sources != made.project.sources:
        return _stale(path, config, made, "the notebook has changed since")
    if told.tool.version != __version__:
        return _stale(path, config, made, f"nb2prod {told.tool.version} has generated what was proven")
    kept = convert(path, config, made.project.package, proof)
    if _code(kept.project) != {name: known for name, known in before.files.items() if name.startswith("src/")}:
        return _stale(path, config, made, "other code is generated now")
    edited = [name for name in _code(kept.project) if not _as_generated(folder / name, before.files[name])]
    if edited:
        return _stale(path, config, made, f"{edited[0]} was edited", proof)
    return kept


def _report_in(folder: Path) -> Report | None:
    """The report of a folder, None if it has none that this version can read."""
    try:
        return project_json.load((folder / REPORT).read_text(encoding="utf-8"), str(folder / REPORT))
    except (OSError, UnicodeDecodeError, ConfigError):
        return None


def _data(before: Generated, project: Project) -> tuple[File, ...]:
    """What the proof has left for the tests, as it was generated: what the conversion alone does not make."""
    names = [name for name in before.files if name.startswith(DATA) and name not in project.paths]
    contents = [(name, before.content(name)) for name in names]
    return tuple(file_of(name, content) for name, content in contents if content is not None)


def _code(project: Project) -> dict[str, str]:
    """The digests of the code of a project by path."""
    return {file.path: digest(file.content) for file in project.files if file.path.startswith("src/")}


def _as_generated(path: Path, known: str) -> bool:
    return path.is_file() and digest(path.read_bytes()) == known


def _stale(path: str, config: Config, made: Conversion, why: str, proof: Proof | None = None) -> Conversion:
    """The conversion with a word on its proof; what that has left for the tests stays if only the user's edits are new."""
    held = proof.evidence if proof and proof.evidence else Evidence("not proven", "")
    said = f"the proof is stale: {why}; prove it again with `nb2prod convert --verify`"
    evidence = replace(held, verdict="not proven", why=said, comparisons=(), saved=())
    return convert(path, config, made.project.package, Proof(evidence, proof.data if proof else ()))
