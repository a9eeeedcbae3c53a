"""numpy: making arrays, reading and writing them, and functions of arrays."""

from nb2prod.catalogue._function import OPTIONS, PURE, Function, bases, properties, table

ARRAY = "numpy.ndarray"
MAKES = Function(ARRAY, pure=True)
LIKE = Function("first", pure=True)
FLOAT = Function("numpy.floating", pure=True, unless=((1, "axis"), (-1, "keepdims")))
INT = Function("numpy.intp", pure=True, unless=((1, "axis"), (-1, "keepdims")))
BOOL = Function("bool", pure=True)
ARRAYS = Function("list[numpy.ndarray]", pure=True)
TUPLE = Function("tuple[numpy.ndarray, ...]", pure=True)
PAIR = Function("tuple[numpy.ndarray, numpy.ndarray]", pure=True)
CHANGES = Function("None", mutates=True)

ENTRIES = table(
    # making
    ("numpy", "array asarray asanyarray ascontiguousarray asfortranarray asarray_chkfinite copy", MAKES),
    ("numpy", "zeros ones empty full eye identity arange geomspace logspace indices tri vander", MAKES),
    ("numpy", "zeros_like ones_like empty_like full_like fromfunction fromiter frombuffer fromstring", MAKES),
    ("numpy", "linspace", Function(ARRAY, pure=True, unless=((4, "retstep"),))),
    ("numpy", "diag diagflat tril triu bartlett blackman hamming hanning kaiser block", MAKES),
    ("numpy", "meshgrid ix_ broadcast_arrays nonzero histogramdd", TUPLE),
    ("numpy", "diag_indices tril_indices triu_indices unravel_index", TUPLE),
    # reading and writing
    ("numpy", "load", Function(reads=(0, "file"), role="load")),
    ("numpy", "loadtxt genfromtxt", Function(ARRAY, reads=(0, "fname"), role="load", unless=((-1, "unpack"),))),
    ("numpy", "fromfile fromregex", Function(ARRAY, reads=(0, "file"), role="load")),
    ("numpy", "memmap", Function(reads=(0, "filename"), writes=(0, "filename"))),
    ("numpy", "save savez savez_compressed", Function("None", writes=(0, "file"), role="export")),
    ("numpy", "savetxt", Function("None", writes=(0, "fname"), role="export")),
    # shape
    ("numpy", "reshape ravel swapaxes moveaxis rollaxis expand_dims fliplr flipud", MAKES),
    ("numpy", "concatenate stack vstack hstack dstack column_stack append insert delete resize roll rot90", MAKES),
    ("numpy", "tile pad take take_along_axis choose compress extract trim_zeros broadcast_to", MAKES),
    ("numpy", "atleast_1d atleast_2d atleast_3d", MAKES),
    ("numpy", "split array_split hsplit vsplit dsplit", ARRAYS),
    # order and sets
    ("numpy", "sort lexsort partition argpartition argwhere flatnonzero digitize", MAKES),
    ("numpy", "isin intersect1d setdiff1d setxor1d union1d ediff1d", MAKES),
    (
        "numpy",
        "unique",
        Function(ARRAY, pure=True, unless=((1, "return_index"), (2, "return_inverse"), (3, "return_counts"))),
    ),
    # element by element
    ("numpy", "absolute abs add arccos arccosh arcsin arcsinh arctan arctan2 arctanh cbrt ceil cos cosh", LIKE),
    ("numpy", "deg2rad degrees divide exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod", LIKE),
    ("numpy", "hypot invert isfinite isinf isnan log log10 log1p log2 logaddexp logical_and logical_not", LIKE),
    ("numpy", "logical_or logical_xor maximum minimum mod multiply negative positive power rad2deg radians", LIKE),
    ("numpy", "reciprocal remainder rint sign sin sinh sqrt square subtract tan tanh true_divide trunc", LIKE),
    ("numpy", "equal greater greater_equal less less_equal not_equal bitwise_and bitwise_or bitwise_xor", LIKE),
    ("numpy", "clip round around transpose squeeze flip repeat argsort cumsum cumprod", LIKE),
    ("numpy", "modf frexp divmod", PURE),
    ("numpy", "angle conj conjugate real imag nan_to_num sinc i0 unwrap heaviside", PURE),
    ("numpy", "where select piecewise", Function(role="transform", pure=True)),
    # to one number, unless along an axis
    ("numpy", "mean std var median average nanmean nanstd nanvar nanmedian", FLOAT),
    ("numpy", "argmax argmin nanargmax nanargmin count_nonzero", INT),
    ("numpy", "sum prod min max amin amax nansum nanprod nanmin nanmax ptp quantile percentile", PURE),
    ("numpy", "nanquantile nanpercentile trace trapezoid interp all any", PURE),
    ("numpy", "allclose array_equal array_equiv isscalar iterable may_share_memory shares_memory", BOOL),
    ("numpy", "size ndim", Function("int", pure=True)),
    ("numpy", "shape", Function("tuple[int, ...]", pure=True)),
    # along arrays
    ("numpy", "searchsorted nancumsum nancumprod diff gradient convolve correlate corrcoef cov cross", PURE),
    ("numpy", "dot inner outer kron matmul tensordot vdot einsum", PURE),
    ("numpy", "bincount histogram_bin_edges isclose isreal iscomplex apply_over_axes", MAKES),
    ("numpy", "histogram", PAIR),
    ("numpy", "histogram2d", Function("tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]", pure=True)),
    ("numpy", "polyfit", Function(ARRAY, pure=True, unless=((4, "full"), (6, "cov")))),
    ("numpy", "polyval polyadd polysub polymul polyder polyint poly roots polydiv", PURE),
    ("numpy", "apply_along_axis", Function()),
    ("numpy", "astype result_type promote_types can_cast min_scalar_type issubdtype", PURE),
    # changing
    ("numpy", "copyto fill_diagonal place put put_along_axis putmask", CHANGES),
    # settings
    ("numpy", "set_printoptions", Function("None", effects=OPTIONS, role="setup")),
    ("numpy", "seterr setbufsize", Function(effects=OPTIONS, role="setup")),
    ("numpy", "get_printoptions geterr", Function("dict[str, Any]", pure=True)),
    ("numpy", "errstate printoptions", Function(effects=OPTIONS)),
    ("numpy", "array2string array_repr array_str base_repr binary_repr", Function("str", pure=True)),
    ("numpy", "format_float_positional format_float_scientific", Function("str", pure=True)),
    ("numpy.linalg", "inv pinv cholesky solve matrix_power multi_dot", MAKES),
    ("numpy.linalg", "eigvals eigvalsh", MAKES),
    ("numpy.linalg", "norm", Function("numpy.floating", pure=True, unless=((2, "axis"),))),
    ("numpy.linalg", "det cond matrix_rank lstsq svd qr eig eigh slogdet tensorsolve tensorinv", PURE),
    ("numpy.fft", "fft ifft rfft irfft fft2 ifft2 fftn ifftn rfftn irfftn fftshift ifftshift", MAKES),
    ("numpy.fft", "fftfreq rfftfreq hfft ihfft rfft2 irfft2", MAKES),
    ("numpy.testing", "assert_allclose assert_array_equal assert_array_almost_equal assert_equal", Function("None")),
    ("numpy.testing", "assert_almost_equal", Function("None")),
    ("numpy.ma", "masked_array array masked_where masked_invalid masked_equal masked_greater masked_less", PURE),
)

PROPERTIES = properties(
    ("numpy", "pi e inf nan euler_gamma", "float"),
    ("numpy", "newaxis", "None"),
    ("numpy", "__version__", "str"),
)

BASES = bases(
    ("numpy", "ndarray dtype poly1d vectorize errstate generic ufunc finfo iinfo", ""),
    ("numpy", "memmap matrix recarray", "numpy.ndarray"),
    ("numpy.ma", "MaskedArray", "numpy.ndarray"),
    ("numpy", "bool_ str_ bytes_ object_ datetime64 timedelta64 complex64 complex128", "numpy.generic"),
    ("numpy", "number integer floating", "numpy.generic"),
    ("numpy", "float16 float32", "numpy.floating"),
    ("numpy", "float64", "numpy.floating float"),
    ("numpy", "int_ int8 int16 int32 int64 intp uint8 uint16 uint32 uint64", "numpy.generic"),
    ("numpy.random", "Generator RandomState", ""),
    ("numpy.linalg", "LinAlgError", "ValueError"),
)

ALIASES = {"numpy.random.mtrand": "numpy.random", "numpy.core": "numpy"}
