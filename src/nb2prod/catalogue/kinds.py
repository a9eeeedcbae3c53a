"""What estimators have in common, whichever library they come from.

A kind (`~classifier`) stands among the bases of a class like a type; the entry of the kind itself says what
constructing one means. Not every class has every method of its kind: code that calls it knows.
"""

from nb2prod.catalogue._function import PLOT, RANDOM, Function, bases, properties, table

ARRAY = "numpy.ndarray"
SPARSE = "scipy.sparse.csr_matrix"
SPLITS = "Iterator[tuple[numpy.ndarray, numpy.ndarray]]"


def fits(role: str, returns: str = "self") -> Function:
    """A method that learns from data."""
    return Function(returns, role=role, mutates=True)


ENTRIES = table(
    ("", "~estimator", Function(role="train", pure=True)),
    ("", "~transformer", Function(role="transform", pure=True)),
    ("", "~imputer", Function(role="clean", pure=True)),
    ("", "~splitter", Function(role="split", pure=True)),
    ("", "~sampler", Function(role="transform", pure=True)),
    ("", "~display", Function(role="plot", pure=True)),
    ("~estimator", "fit partial_fit", fits("train")),
    ("~estimator", "fit_predict", fits("train", ARRAY)),
    ("~estimator", "predict predict_proba predict_log_proba", Function(ARRAY, role="predict", pure=True)),
    ("~estimator", "decision_function score_samples", Function(ARRAY, role="predict", pure=True)),
    ("~estimator", "score", Function("float", role="evaluate", pure=True)),
    ("~estimator", "get_params", Function("dict[str, Any]", pure=True)),
    ("~estimator", "set_params", Function("self", mutates=True)),
    ("~transformer", "fit partial_fit", fits("transform")),
    ("~transformer", "fit_transform", fits("transform", ARRAY)),
    ("~transformer", "transform inverse_transform", Function(ARRAY, role="transform", pure=True)),
    ("~transformer", "get_feature_names_out get_support", Function(ARRAY, pure=True)),
    ("~transformer", "set_output", Function("self", mutates=True)),
    ("~sparse", "fit_transform", fits("transform", SPARSE)),
    ("~sparse", "transform", Function(SPARSE, role="transform", pure=True)),
    ("~mixed", "fit_transform", fits("transform", "")),
    ("~mixed", "transform inverse_transform", Function(role="transform", pure=True)),
    ("~imputer", "fit", fits("clean")),
    ("~imputer", "fit_transform", fits("clean", ARRAY)),
    ("~imputer", "transform", Function(ARRAY, role="clean", pure=True)),
    ("~embedding", "fit_transform", Function(ARRAY, role="transform", mutates=True)),
    ("~search", "fit", fits("train")),
    ("~splitter", "split", Function(SPLITS, role="split")),
    ("~splitter", "get_n_splits", Function("int", pure=True)),
    ("~sampler", "fit_resample", Function(role="transform", effects=RANDOM, mutates=True)),
    ("~display", "from_estimator from_predictions", Function("self", role="plot", effects=PLOT)),
    ("~display", "plot", Function("self", role="plot", effects=PLOT, mutates=True)),
)

PROPERTIES = properties(
    ("~estimator", "classes_ coef_ feature_importances_ labels_ cluster_centers_ feature_names_in_", ARRAY),
    ("~estimator", "oob_decision_function_ support_ support_vectors_", ARRAY),
    ("~estimator", "n_features_in_ n_clusters_", "int"),
    ("~estimator", "inertia_ oob_score_", "float"),
    ("~transformer", "components_ explained_variance_ explained_variance_ratio_ mean_ scale_ var_", ARRAY),
    ("~transformer", "scores_ pvalues_ ranking_ idf_ data_min_ data_max_ singular_values_", ARRAY),
    ("~estimator", "loss_curve_", "list[float]"),
    ("~transformer", "vocabulary_", "dict[str, int]"),
    ("~search", "best_estimator_", "sklearn.base.BaseEstimator"),
    ("~search", "best_params_", "dict[str, Any]"),
    ("~search", "best_score_", "float"),
    ("~search", "best_index_", "int"),
    ("~search", "cv_results_", "dict[str, Any]"),
    ("~display", "ax_", "matplotlib.axes.Axes"),
    ("~display", "figure_", "matplotlib.figure.Figure"),
)

BASES = bases(
    ("", "~classifier ~regressor ~clusterer ~detector ~search ~embedding ~transformer ~sampler", "~estimator"),
    ("", "~sparse ~mixed ~imputer", "~transformer"),
)
