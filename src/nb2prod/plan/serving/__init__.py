"""The serving path: from a raw row to the features that a fitted model was given, without the label."""

from nb2prod.plan.serving.path import Path, Refused, saved_model, serving_path
from nb2prod.plan.serving.stages import serving_of
from nb2prod.plan.serving.work import work_of_service

__all__ = ["Path", "Refused", "saved_model", "serving_of", "serving_path", "work_of_service"]
