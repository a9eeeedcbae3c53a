"""scikit-learn: its functions - splitting, scoring, data sets, and what scales or draws without an object."""

from nb2prod.catalogue._function import NETWORK, OPTIONS, PLOT, PRINTS, PURE, RANDOM, Function, table

ARRAY = "numpy.ndarray"
BUNCH = "sklearn.utils.Bunch"
PAIR = "tuple[numpy.ndarray, numpy.ndarray]"
TRIPLE = "tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]"
SCORE = Function("float", role="evaluate", pure=True)
SCORES = Function(ARRAY, role="evaluate", pure=True)
SCALES = Function(ARRAY, role="transform", pure=True)
PARTS = ((-1, "return_X_y"),)
HELD = Function(BUNCH, role="load", pure=True, unless=PARTS, otherwise=PAIR)
FETCHED = Function(BUNCH, role="load", effects=NETWORK, unless=PARTS)


def drawn(returns: str = "", role: str = "transform") -> Function:
    """A function that draws random numbers and takes a seed."""
    return Function(returns, role=role, effects=RANDOM, seed="random_state")


ENTRIES = table(
    ("sklearn.model_selection", "train_test_split", drawn("args", "split")),
    ("sklearn.model_selection", "cross_val_score", Function(ARRAY, role="evaluate")),
    ("sklearn.model_selection", "cross_validate", Function("dict[str, numpy.ndarray]", role="evaluate")),
    ("sklearn.model_selection", "cross_val_predict", Function(ARRAY, role="predict")),
    ("sklearn.model_selection", "validation_curve", Function(PAIR, role="evaluate")),
    (
        "sklearn.model_selection",
        "learning_curve",
        Function(TRIPLE, role="evaluate", seed="random_state", random_if="shuffle", unless=((-1, "return_times"),)),
    ),
    (
        "sklearn.model_selection",
        "permutation_test_score",
        Function(role="evaluate", effects=RANDOM, seed="random_state"),
    ),
    ("sklearn.metrics", "accuracy_score auc average_precision_score balanced_accuracy_score brier_score_loss", SCORE),
    ("sklearn.metrics", "cohen_kappa_score hamming_loss hinge_loss log_loss matthews_corrcoef max_error", SCORE),
    ("sklearn.metrics", "f1_score fbeta_score jaccard_score precision_score recall_score", SCORE),
    ("sklearn.metrics", "roc_auc_score explained_variance_score r2_score", SCORE),
    ("sklearn.metrics", "mean_absolute_error mean_absolute_percentage_error mean_squared_error", SCORE),
    ("sklearn.metrics", "mean_squared_log_error median_absolute_error mean_pinball_loss", SCORE),
    ("sklearn.metrics", "root_mean_squared_error root_mean_squared_log_error", SCORE),
    ("sklearn.metrics", "mean_gamma_deviance mean_poisson_deviance mean_tweedie_deviance zero_one_loss", SCORE),
    ("sklearn.metrics", "d2_absolute_error_score d2_pinball_score d2_tweedie_score dcg_score ndcg_score", SCORE),
    ("sklearn.metrics", "coverage_error label_ranking_loss label_ranking_average_precision_score", SCORE),
    ("sklearn.metrics", "top_k_accuracy_score adjusted_mutual_info_score adjusted_rand_score rand_score", SCORE),
    ("sklearn.metrics", "calinski_harabasz_score completeness_score davies_bouldin_score", SCORE),
    ("sklearn.metrics", "fowlkes_mallows_score homogeneity_score mutual_info_score v_measure_score", SCORE),
    ("sklearn.metrics", "normalized_mutual_info_score", SCORE),
    (
        "sklearn.metrics",
        "silhouette_score",
        Function("float", role="evaluate", pure=True, seed="random_state", random_if="sample_size"),
    ),
    (
        "sklearn.metrics",
        "homogeneity_completeness_v_measure",
        Function("tuple[float, float, float]", role="evaluate", pure=True),
    ),
    ("sklearn.metrics", "confusion_matrix multilabel_confusion_matrix silhouette_samples", SCORES),
    ("sklearn.metrics", "pair_confusion_matrix", SCORES),
    (
        "sklearn.metrics",
        "classification_report",
        Function("str", role="evaluate", pure=True, unless=((-1, "output_dict"),)),
    ),
    ("sklearn.metrics", "precision_recall_curve roc_curve det_curve", Function(TRIPLE, role="evaluate", pure=True)),
    ("sklearn.metrics", "precision_recall_fscore_support", Function(role="evaluate", pure=True)),
    ("sklearn.metrics", "make_scorer get_scorer", PURE),
    ("sklearn.metrics", "get_scorer_names", Function("list[str]", pure=True)),
    ("sklearn.metrics", "pairwise_distances pairwise_distances_argmin pairwise_kernels euclidean_distances", SCALES),
    ("sklearn.metrics.pairwise", "cosine_similarity cosine_distances euclidean_distances linear_kernel", SCALES),
    ("sklearn.metrics.pairwise", "manhattan_distances haversine_distances nan_euclidean_distances", SCALES),
    ("sklearn.metrics.pairwise", "pairwise_distances pairwise_kernels rbf_kernel polynomial_kernel", SCALES),
    ("sklearn.metrics.pairwise", "sigmoid_kernel", SCALES),
    ("sklearn.datasets", "load_iris load_wine load_breast_cancer load_digits load_diabetes load_linnerud", HELD),
    ("sklearn.datasets", "fetch_california_housing fetch_openml fetch_lfw_people fetch_rcv1", FETCHED),
    ("sklearn.datasets", "fetch_20newsgroups fetch_covtype fetch_kddcup99 fetch_olivetti_faces", FETCHED),
    ("sklearn.datasets", "fetch_20newsgroups_vectorized", FETCHED),
    ("sklearn.datasets", "load_files", Function(BUNCH, reads=(0, "container_path"), role="load")),
    ("sklearn.datasets", "load_svmlight_file", Function(reads=(0, "f"), role="load")),
    ("sklearn.datasets", "dump_svmlight_file", Function("None", writes=(2, "f"), role="export")),
    ("sklearn.datasets", "load_sample_image", Function(ARRAY, role="load", pure=True)),
    ("sklearn.datasets", "make_circles make_moons make_friedman1 make_friedman2 make_friedman3", drawn(PAIR, "load")),
    ("sklearn.datasets", "make_gaussian_quantiles make_hastie_10_2 make_s_curve make_swiss_roll", drawn(PAIR, "load")),
    ("sklearn.datasets", "make_classification make_sparse_uncorrelated", drawn(PAIR, "load")),
    ("sklearn.datasets", "make_blobs make_regression make_multilabel_classification", drawn("", "load")),
    ("sklearn.datasets", "make_biclusters make_checkerboard", drawn(TRIPLE, "load")),
    ("sklearn.datasets", "make_low_rank_matrix make_spd_matrix", drawn(ARRAY, "load")),
    ("sklearn.preprocessing", "scale minmax_scale maxabs_scale robust_scale normalize binarize", SCALES),
    ("sklearn.preprocessing", "label_binarize power_transform add_dummy_feature", SCALES),
    ("sklearn.preprocessing", "quantile_transform", drawn(ARRAY)),
    ("sklearn.pipeline", "make_pipeline", Function("sklearn.pipeline.Pipeline", role="transform", pure=True)),
    ("sklearn.pipeline", "make_union", Function("sklearn.pipeline.FeatureUnion", role="transform", pure=True)),
    (
        "sklearn.compose",
        "make_column_transformer",
        Function("sklearn.compose.ColumnTransformer", role="transform", pure=True),
    ),
    ("sklearn.compose", "make_column_selector", PURE),
    ("sklearn.feature_selection", "chi2 f_classif f_regression", Function(PAIR, role="transform", pure=True)),
    ("sklearn.feature_selection", "r_regression", SCALES),
    ("sklearn.feature_selection", "mutual_info_classif mutual_info_regression", drawn(ARRAY)),
    ("sklearn.inspection", "permutation_importance", drawn(BUNCH, "evaluate")),
    ("sklearn.inspection", "partial_dependence", Function(BUNCH, role="evaluate", pure=True)),
    ("sklearn.calibration", "calibration_curve", Function(PAIR, role="evaluate", pure=True)),
    ("sklearn.tree", "plot_tree", Function("list[Any]", role="plot", effects=PLOT)),
    ("sklearn.tree", "export_text", Function("str", pure=True)),
    ("sklearn.tree", "export_graphviz", Function(writes=(1, "out_file"), role="export")),
    ("sklearn.cluster", "k_means kmeans_plusplus spectral_clustering", drawn("", "train")),
    ("sklearn.cluster", "affinity_propagation", drawn("", "train")),
    ("sklearn.cluster", "dbscan mean_shift", Function(PAIR, role="train", pure=True)),
    ("sklearn.cluster", "estimate_bandwidth", Function("float", pure=True, seed="random_state", random_if="n_samples")),
    ("sklearn.decomposition", "fastica non_negative_factorization", drawn()),
    ("sklearn.linear_model", "lasso_path enet_path", Function(role="train")),  # they move the global generator on
    ("sklearn.linear_model", "lars_path", Function(role="train", pure=True)),
    ("sklearn.utils", "shuffle resample", drawn("first")),
    ("sklearn.utils", "check_random_state", Function("numpy.random.RandomState", seed="seed", seed_at=0)),
    ("sklearn.utils.class_weight", "compute_class_weight compute_sample_weight", Function(ARRAY, pure=True)),
    ("sklearn.base", "clone", Function("first", pure=True)),
    ("sklearn", "set_config", Function("None", effects=OPTIONS, role="setup")),
    ("sklearn", "get_config", Function("dict[str, Any]", pure=True)),
    ("sklearn", "config_context", Function(effects=OPTIONS)),
    ("sklearn", "show_versions", Function("None", effects=PRINTS)),
)
