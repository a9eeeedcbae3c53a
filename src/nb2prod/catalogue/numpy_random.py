"""numpy.random, the array's own methods, and polynomials."""

from nb2prod.catalogue._function import PURE, RANDOM, SEED, Function, properties, table

ARRAY = "numpy.ndarray"
MAKES = Function(ARRAY, pure=True)
CHANGES = Function("None", mutates=True)
ALONG = ((0, "axis"), (-1, "keepdims"))
DRAWS = Function(effects=RANDOM)
DISTRIBUTIONS = (
    "beta binomial chisquare dirichlet exponential f gamma geometric gumbel hypergeometric laplace logistic "
    "lognormal logseries multinomial multivariate_normal negative_binomial noncentral_chisquare noncentral_f "
    "normal pareto poisson power rayleigh standard_cauchy standard_exponential standard_gamma standard_normal "
    "standard_t triangular uniform vonmises wald weibull zipf choice"
)
LEGACY = "rand randn randint random_sample random random_integers"

ENTRIES = table(
    ("numpy.random", f"{DISTRIBUTIONS} {LEGACY} sample ranf", DRAWS),
    ("numpy.random", "permutation", Function(ARRAY, effects=RANDOM)),
    ("numpy.random", "bytes", Function("bytes", effects=RANDOM)),
    ("numpy.random", "shuffle", Function("None", effects=RANDOM, mutates=True)),
    ("numpy.random", "seed", Function("None", effects=SEED, role="setup", seed="seed", seed_at=0)),
    ("numpy.random", "set_state", Function("None", effects=SEED)),
    ("numpy.random", "get_state", PURE),
    (
        "numpy.random",
        "default_rng",
        Function("numpy.random.Generator", effects=SEED, role="setup", seed="seed", seed_at=0),
    ),
    ("numpy.random", "RandomState", Function(effects=SEED, role="setup", seed="seed", seed_at=0)),
    ("numpy.random.RandomState", f"{DISTRIBUTIONS} {LEGACY}", Function(mutates=True)),
    ("numpy.random.RandomState", "permutation", Function(ARRAY, mutates=True)),
    ("numpy.random.RandomState", "shuffle set_state", CHANGES),
    ("numpy.random.RandomState", "get_state", PURE),
    ("numpy.random.RandomState", "seed", Function("None", effects=SEED, mutates=True, seed="seed", seed_at=0)),
    ("numpy.random.Generator", f"{DISTRIBUTIONS} integers random", Function(mutates=True)),
    ("numpy.random.Generator", "permutation permuted", Function(ARRAY, mutates=True)),
    ("numpy.random.Generator", "shuffle", CHANGES),
    ("numpy.random.Generator", "spawn", Function("list[numpy.random.Generator]", mutates=True)),
    (ARRAY, "argsort astype compress conj conjugate copy cumprod cumsum diagonal flatten ravel repeat", MAKES),
    (ARRAY, "reshape round squeeze swapaxes take transpose view clip byteswap argpartition", MAKES),
    (ARRAY, "all any max min sum prod trace choose searchsorted dot item", PURE),
    (ARRAY, "mean std var", Function("numpy.floating", pure=True, unless=ALONG)),
    (ARRAY, "argmax argmin", Function("numpy.intp", pure=True, unless=ALONG)),
    (ARRAY, "nonzero", Function("tuple[numpy.ndarray, ...]", pure=True)),
    (ARRAY, "tolist", Function("list[Any]", pure=True)),
    (ARRAY, "tobytes dumps", Function("bytes", pure=True)),
    (ARRAY, "tofile", Function("None", writes=(0, "fid"), role="export")),
    (ARRAY, "dump", Function("None", writes=(0, "file"), role="export")),
    (ARRAY, "fill partition put resize setfield setflags sort", CHANGES),
)

PROPERTIES = properties(
    (ARRAY, "T real imag mT", ARRAY),
    (ARRAY, "shape strides", "tuple[int, ...]"),
    (ARRAY, "ndim size nbytes itemsize", "int"),
    (ARRAY, "dtype", "numpy.dtype"),
)
