"""scipy: statistics, optimisation, signals, interpolation, clustering, sparse matrices, files."""

from nb2prod.catalogue._function import (
    FLOAT,
    NETWORK,
    PLOT,
    PRINTS,
    PURE,
    RANDOM,
    Function,
    bases,
    properties,
    table,
)

ARRAY = "numpy.ndarray"
MAKES = Function(ARRAY, pure=True)
TESTS = Function(role="evaluate", pure=True)
MATRIX = Function("scipy.sparse.csr_matrix", pure=True)
DRAWS = Function(effects=RANDOM, seed="random_state")
FITS = Function(role="train", pure=True)
RESULT = Function("scipy.optimize.OptimizeResult", role="train", pure=True)
CONTINUOUS = (
    "alpha arcsine beta burr cauchy chi chi2 expon exponnorm exponweib f gamma genextreme genpareto gumbel_l gumbel_r "
    "halfnorm invgamma invgauss laplace levy logistic loggamma lognorm loguniform maxwell nakagami norm norminvgauss "
    "pareto powerlaw rayleigh rice skewnorm t triang truncexpon truncnorm uniform vonmises weibull_max weibull_min"
)
DISCRETE = "bernoulli betabinom binom geom hypergeom logser nbinom poisson randint skellam zipf"
FROZEN = "scipy.stats.distributions.rv_frozen"

ENTRIES = table(
    (
        "scipy.stats",
        "anderson anderson_ksamp ansari bartlett binomtest brunnermunzel chi2_contingency chisquare",
        TESTS,
    ),
    ("scipy.stats", "combine_pvalues cramervonmises epps_singleton_2samp f_oneway fisher_exact fligner", TESTS),
    ("scipy.stats", "friedmanchisquare jarque_bera kendalltau kruskal ks_1samp ks_2samp kstest kurtosistest", TESTS),
    ("scipy.stats", "levene linregress mannwhitneyu median_test mood normaltest pearsonr pointbiserialr", TESTS),
    ("scipy.stats", "power_divergence ranksums shapiro siegelslopes skewtest somersd spearmanr theilslopes", TESTS),
    ("scipy.stats", "ttest_1samp ttest_ind ttest_ind_from_stats ttest_rel tukey_hsd weightedtau wilcoxon", TESTS),
    ("scipy.stats", "bootstrap permutation_test", Function(role="evaluate", effects=RANDOM, seed="rng")),
    ("scipy.stats", "describe mode skew kurtosis moment sem gmean hmean gstd iqr trim_mean tmean tstd tvar", PURE),
    ("scipy.stats", "variation entropy median_abs_deviation percentileofscore scoreatpercentile sigmaclip", PURE),
    ("scipy.stats", "cumfreq relfreq binned_statistic binned_statistic_2d circmean circstd gzscore", PURE),
    ("scipy.stats", "zscore zmap rankdata trimboth trim1 boxcox yeojohnson", Function(role="transform", pure=True)),
    ("scipy.stats", "boxcox_normmax boxcox_llf wasserstein_distance energy_distance", FLOAT),
    ("scipy.stats", "probplot ppcc_plot boxcox_normplot", PURE),
    ("scipy.stats", "gaussian_kde", Function(role="train", pure=True)),
    ("scipy.stats", CONTINUOUS, Function(FROZEN, pure=True)),
    ("scipy.stats", DISCRETE, Function(FROZEN, pure=True)),
    ("scipy.stats", "multivariate_normal", PURE),
    ("scipy.stats.rv_continuous", "pdf logpdf cdf logcdf sf logsf ppf isf mean std var median interval stats", PURE),
    ("scipy.stats.rv_continuous", "entropy moment expect nnlf", PURE),
    ("scipy.stats.rv_continuous", "fit", FITS),
    ("scipy.stats.rv_continuous", "rvs", DRAWS),
    ("scipy.stats.rv_discrete", "pmf logpmf cdf logcdf sf ppf isf mean std var median interval stats entropy", PURE),
    ("scipy.stats.rv_discrete", "rvs", DRAWS),
    (FROZEN, "rvs", Function(effects=RANDOM, seed="random_state", seed_at=1)),
    ("scipy.optimize", "minimize minimize_scalar linprog milp least_squares lsq_linear root", RESULT),
    ("scipy.optimize", "shgo direct", RESULT),
    (
        "scipy.optimize",
        "basinhopping differential_evolution dual_annealing",
        Function("scipy.optimize.OptimizeResult", role="train", effects=RANDOM, seed="rng"),
    ),
    (
        "scipy.optimize",
        "curve_fit fmin_l_bfgs_b leastsq brute fsolve",
        FITS,
    ),
    (
        "scipy.optimize",
        "fmin fmin_bfgs fmin_cg fmin_ncg fmin_powell fmin_slsqp",
        Function(role="train", effects=PRINTS),
    ),
    ("scipy.optimize", "brentq brenth bisect newton ridder fminbound golden nnls root_scalar", FITS),
    ("scipy.optimize", "linear_sum_assignment", Function("tuple[numpy.ndarray, numpy.ndarray]", pure=True)),
    ("scipy.integrate", "quad dblquad tplquad nquad odeint solve_ivp solve_bvp simpson trapezoid romb", PURE),
    ("scipy.integrate", "cumulative_trapezoid fixed_quad", PURE),
    ("scipy.interpolate", "griddata interpn splev splrep splprep make_interp_spline pchip_interpolate lagrange", PURE),
    ("scipy.signal", "butter cheby1 cheby2 ellip bessel firwin freqz periodogram welch spectrogram stft istft", PURE),
    ("scipy.signal", "find_peaks find_peaks_cwt peak_widths argrelextrema argrelmax argrelmin iirnotch sos2tf", PURE),
    (
        "scipy.signal",
        "convolve convolve2d correlate correlate2d deconvolve decimate detrend fftconvolve filtfilt",
        PURE,
    ),
    ("scipy.signal", "hilbert lfilter medfilt resample savgol_filter sosfilt sosfiltfilt wiener csd coherence", PURE),
    ("scipy.signal", "chirp sawtooth square gausspulse get_window lombscargle", PURE),
    ("scipy.fft", "fft ifft rfft irfft fft2 ifft2 fftn fftshift ifftshift dct idct fftfreq rfftfreq", MAKES),
    ("scipy.fftpack", "fft ifft rfft irfft fft2 ifft2 fftshift dct idct fftfreq", MAKES),
    ("scipy.linalg", "inv pinv cholesky expm sqrtm toeplitz block_diag solve eigvals", MAKES),
    ("scipy.linalg", "norm det eig eigh svd qr lu lstsq", PURE),
    ("scipy.spatial.distance", "cdist pdist squareform", MAKES),
    (
        "scipy.spatial.distance",
        "cosine euclidean cityblock correlation hamming jaccard mahalanobis minkowski chebyshev",
        PURE,
    ),
    ("scipy.spatial.distance", "braycurtis canberra jensenshannon", PURE),
    ("scipy.spatial", "distance_matrix", MAKES),
    ("scipy.cluster.hierarchy", "linkage fcluster cut_tree leaves_list single complete average ward", MAKES),
    ("scipy.cluster.hierarchy", "cophenet inconsistent", PURE),
    ("scipy.cluster.hierarchy", "dendrogram", Function("dict[str, Any]", role="plot", effects=PLOT)),
    ("scipy.cluster.vq", "kmeans kmeans2", Function(role="train", effects=RANDOM, seed="rng")),
    ("scipy.cluster.vq", "vq whiten", PURE),
    (
        "scipy.ndimage",
        "gaussian_filter gaussian_filter1d median_filter uniform_filter maximum_filter minimum_filter",
        MAKES,
    ),
    ("scipy.ndimage", "sobel laplace rotate shift zoom binary_dilation binary_erosion binary_opening", MAKES),
    ("scipy.ndimage", "binary_closing binary_fill_holes map_coordinates convolve generic_filter", MAKES),
    ("scipy.ndimage", "label center_of_mass distance_transform_edt", PURE),
    ("scipy.special", "expit logit gamma gammaln beta betaln erf erfc erfinv comb factorial softmax logsumexp", PURE),
    ("scipy.special", "binom digamma zeta", PURE),
    ("scipy.sparse", "hstack vstack block_diag diags eye identity kron tril triu", PURE),
    ("scipy.sparse", "issparse", Function("bool", pure=True)),
    ("scipy.sparse", "random", Function(effects=RANDOM, seed="rng")),
    ("scipy.sparse", "load_npz", Function(reads=(0, "file"), role="load")),
    ("scipy.sparse", "save_npz", Function("None", writes=(0, "file"), role="export")),
    ("scipy.sparse.linalg", "svds eigs eigsh spsolve", PURE),
    ("scipy.sparse.csr_matrix", "toarray", MAKES),
    ("scipy.sparse.csr_matrix", "todense", Function("numpy.matrix", pure=True)),
    ("scipy.sparse.csr_matrix", "tocsr tocsc tocoo transpose dot multiply mean sum max min nonzero", PURE),
    ("scipy.io", "loadmat", Function("dict[str, Any]", reads=(0, "file_name"), role="load")),
    ("scipy.io", "savemat", Function("None", writes=(0, "file_name"), role="export")),
    ("scipy.io", "mmread", Function(reads=(0, "source"), role="load")),
    ("scipy.io", "mmwrite", Function("None", writes=(0, "target"), role="export")),
    ("scipy.io", "readsav", Function(reads=(0, "file_name"), role="load")),
    ("scipy.io.wavfile", "read", Function("tuple[int, numpy.ndarray]", reads=(0, "filename"), role="load")),
    ("scipy.io.wavfile", "write", Function("None", writes=(0, "filename"), role="export")),
    ("scipy.io.arff", "loadarff", Function(reads=(0, "f"), role="load")),
    ("scipy.datasets", "face ascent electrocardiogram", Function(ARRAY, role="load", effects=NETWORK)),
)

PROPERTIES = properties(
    ("scipy.stats", CONTINUOUS, "scipy.stats.rv_continuous"),
    ("scipy.stats", DISCRETE, "scipy.stats.rv_discrete"),
    ("scipy.constants", "pi c g G h k e", "float"),
)

BASES = bases(
    ("scipy.stats", "rv_continuous rv_discrete", ""),
    ("scipy.stats.distributions", "rv_frozen", "scipy.stats.rv_continuous scipy.stats.rv_discrete"),
    ("scipy.stats", "gaussian_kde", ""),
    ("scipy.optimize", "OptimizeResult Bounds LinearConstraint NonlinearConstraint", ""),
    ("scipy.interpolate", "interp1d CubicSpline UnivariateSpline InterpolatedUnivariateSpline Rbf BSpline", ""),
    ("scipy.interpolate", "RegularGridInterpolator PchipInterpolator RBFInterpolator LinearNDInterpolator", ""),
    ("scipy.spatial", "KDTree cKDTree Delaunay Voronoi ConvexHull", ""),
    ("scipy.sparse", "csr_matrix", ""),
    (
        "scipy.sparse",
        "csc_matrix coo_matrix lil_matrix dok_matrix csr_array csc_array coo_array",
        "scipy.sparse.csr_matrix",
    ),
)
