"""`nb2prod.json`: the machine-readable report of a conversion."""

import json

from nb2prod.model.notebook import Place
from nb2prod.model.plan import Plan
from nb2prod.model.report import Report

SCHEMA = 1


def render(report: Report) -> str:
    """The report as JSON, its schema versioned."""
    plan = report.plan
    content = {
        "schema_version": SCHEMA,
        "tool": {"name": "nb2prod", "version": report.version},
        "notebook": plan.notebook.replace("\\", "/").rpartition("/")[2],
        "package": plan.package,
        "proof": report.proof,
        "stages": [_stage(plan, number) for number in range(len(plan.stages))],
        "settings": [
            {
                "name": s.name,
                "type": s.type,
                "kind": s.kind,
                "cell": s.cell,
                "default": None if s.kind == "secret" else s.default,
                "description": s.description,
            }
            for s in plan.settings
        ],
        "dropped": [{"what": d.what, "why": d.why, **_place(d.place)} for d in plan.dropped],
        "fallbacks": [
            {"kind": f.kind, "reason": f.reason, "names": list(f.names), **_place(f.place)} for f in plan.fallbacks
        ],
        "human_work": [
            {
                "what": w.what,
                "why": w.why,
                "owner": w.owner,
                "effort": w.effort,
                "blocks": w.blocks,
                **(_place(w.place) if w.place else {}),
            }
            for w in plan.work
        ],
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity,
                "message": f.message,
                "fingerprint": f.fingerprint,
                **_place(f.place),
            }
            for f in report.findings
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=True) + "\n"


def _stage(plan: Plan, number: int) -> dict[str, object]:
    stage = plan.stages[number]
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
