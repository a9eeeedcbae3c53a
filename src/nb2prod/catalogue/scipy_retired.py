"""scipy: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import PURE, Function, table

ARRAY = "numpy.ndarray"

ENTRIES = table(
    ("scipy.misc", "imread", Function(ARRAY, reads=(0, "name"), role="load")),
    ("scipy.misc", "imsave", Function("None", writes=(0, "name"), role="export")),
    ("scipy.misc", "imresize imrotate face ascent", Function(ARRAY, role="transform", pure=True)),
    ("scipy.misc", "comb factorial derivative logsumexp", PURE),
    ("scipy.stats", "binom_test itemfreq chisqprob median_absolute_deviation threshold betai", PURE),
    ("scipy.integrate", "simps trapz cumtrapz quadrature romberg", PURE),
    ("scipy.interpolate", "spline", PURE),
    ("scipy.signal", "hann hamming blackman gaussian boxcar cwt ricker morlet", PURE),
)
