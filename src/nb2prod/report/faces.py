"""The faces of a report, and of an overview of several, by the names that `--output-format` takes."""

from collections.abc import Callable

from nb2prod.model.report import Overview, Report
from nb2prod.report import checklist, comment, issues, overview_html, project_html, project_json, project_markdown

ONE: dict[str, Callable[[Report], str]] = {
    "html": project_html.render,
    "json": project_json.render,
    "markdown": project_markdown.render,
    "comment": comment.render,
    "csv": checklist.render,
    "github-issues": lambda report: issues.render(report, issues.GITHUB),
    "gitlab-issues": lambda report: issues.render(report, issues.GITLAB),
}
MANY: dict[str, Callable[[Overview], str]] = {
    "html": overview_html.render,
    "json": project_json.render,
    "comment": comment.render_overview,
    "csv": lambda overview: checklist.render(*overview.reports),
    "github-issues": lambda overview: "\n".join(issues.render(r, issues.GITHUB) for r in overview.reports),
    "gitlab-issues": lambda overview: "\n".join(issues.render(r, issues.GITLAB) for r in overview.reports),
    "markdown": comment.render_overview,
}
