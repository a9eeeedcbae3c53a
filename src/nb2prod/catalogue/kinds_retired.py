"""Methods that estimators had in older releases."""

from nb2prod.catalogue._function import RANDOM, Function, table

ENTRIES = table(
    ("~sampler", "fit_sample", Function(role="transform", effects=RANDOM, mutates=True)),
    ("~transformer", "get_feature_names", Function("list[str]", pure=True)),
)
