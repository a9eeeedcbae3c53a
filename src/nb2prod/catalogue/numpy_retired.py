"""numpy: what newer releases no longer have and notebooks still use."""

from nb2prod.catalogue._function import PURE, STR, Function, bases, properties, table

ENTRIES = table(
    ("numpy", "in1d msort row_stack", Function("numpy.ndarray", pure=True)),
    ("numpy", "trapz product cumproduct sometrue alltrue asscalar rank round_", PURE),
    ("numpy", "float int bool object str complex", PURE),
    ("numpy", "asfarray find_common_type", PURE),
    ("numpy", "source", STR),
)

PROPERTIES = properties(("numpy", "NaN NAN Inf Infinity infty PINF NINF NZERO PZERO", "float"))

BASES = bases(("numpy", "float_", "numpy.floating float"), ("numpy", "string_ unicode_", "numpy.generic"))
