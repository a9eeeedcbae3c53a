"""`nb2prod.json`: the machine-readable report of a conversion."""

import json

from nb2prod.model.finding import Finding
from nb2prod.model.notebook import Place
from nb2prod.model.plan import HumanWork, Setting, Stage
from nb2prod.model.report import Report
from nb2prod.report import proof

SCHEMA = 1


def render(report: Report) -> str:
    """The report as JSON, its schema versioned."""
    plan = report.plan
    content = {
        "schema_version": SCHEMA,
        "tool": {"name": "nb2prod", "version": report.version},
        "notebook": plan.notebook.replace("\\", "/").rpartition("/")[2],
        "package": plan.package,
        "profile": {"name": plan.profile, "why": plan.profile_why},
        "proof": report.proof,
        **({"evidence": proof.facts(report.evidence)} if report.evidence else {}),
        "stages": [_stage(stage) for stage in plan.stages],
        "settings": [_setting(setting) for setting in plan.settings],
        "dropped": [{"what": d.what, "why": d.why, **_place(d.place)} for d in plan.dropped],
        "fallbacks": [
            {"kind": f.kind, "reason": f.reason, "names": list(f.names), **_place(f.place)} for f in plan.fallbacks
        ],
        "human_work": [_work(work) for work in plan.work],
        "findings": [_finding(finding) for finding in report.findings],
    }
    return json.dumps(content, indent=2, ensure_ascii=True) + "\n"


def _setting(setting: Setting) -> dict[str, object]:
    return {
        "name": setting.name,
        "type": setting.type,
        "kind": setting.kind,
        "cell": setting.cell,
        "default": None if setting.kind == "secret" else setting.default,
        "description": setting.description,
    }


def _work(work: HumanWork) -> dict[str, object]:
    where = _place(work.place) if work.place else {}
    return {
        "what": work.what,
        "why": work.why,
        "owner": work.owner,
        "effort": work.effort,
        "blocks": work.blocks,
        **where,
    }


def _finding(finding: Finding) -> dict[str, object]:
    where = _place(finding.place)
    return {"rule": finding.rule, "severity": finding.severity, "message": finding.message, **where}


def _stage(stage: Stage) -> dict[str, object]:
    return {
        "name": stage.name,
        "role": stage.role,
        "cells": list(stage.cells),
        "parameters": [{"name": v.name, "type": v.type, "setting": v.setting} for v in stage.params],
        "results": [{"name": v.name, "type": v.type} for v in stage.returns],
        "shared": list(stage.shared),
    }


def _place(place: Place) -> dict[str, int]:
    return {"cell": place.cell, "line": place.line, "column": place.column}
