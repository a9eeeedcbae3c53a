"""The serving path: from a raw row to the features that a fitted model was given, without the label."""

from nb2prod.plan.serving.chosen import way_to_serve
from nb2prod.plan.serving.path import Path, Refused
from nb2prod.plan.serving.stages import serving_of
from nb2prod.plan.serving.work import work_of_service

__all__ = ["Path", "Refused", "serving_of", "way_to_serve", "work_of_service"]
