"""Whether a notebook's model is served: if somebody asks for it, if the notebook answers, or if it saves a model for others."""

from collections.abc import Sequence

from nb2prod.model.evidence import Schema
from nb2prod.model.facts import Analysis
from nb2prod.model.plan import Profile
from nb2prod.plan.serving.path import Path, Refused, saved_model, serving_path


def way_to_serve(
    chosen: Profile, why: str, wanted: Profile | None, analysis: Analysis, schemas: Sequence[Schema]
) -> tuple[Path | Refused | None, Profile, str]:
    """The way to serve the notebook's model if it is to be a service, and the profile with its reason.

    A model that is saved is for others to ask: it is served by itself where raw rows lead to it.
    """
    if chosen == "service":
        return serving_path(analysis, schemas), chosen, why
    saved = None if wanted else saved_model(analysis)
    if saved is None:
        return None, chosen, why
    path = serving_path(analysis, schemas)
    if isinstance(path, Path) and not path.why and path.schema is not None:
        file = path.schema.source.replace("\\", "/").rpartition("/")[2]
        return path, "service", f"{path.model} is saved (cell {saved}), and a row of {file} leads to it"
    lost = path.why or "the columns of its raw rows are not known: put the file beside the notebook"
    return None, chosen, f"{why}; the model that is saved (cell {saved}) is not served: {lost}"
