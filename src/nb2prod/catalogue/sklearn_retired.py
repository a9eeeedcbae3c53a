"""scikit-learn: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import NETWORK, PLOT, RANDOM, Function, bases, table

BUNCH = "sklearn.utils.Bunch"
DRAWS = Function(role="plot", effects=PLOT)

ENTRIES = table(
    ("sklearn.datasets", "load_boston", Function(BUNCH, role="load", pure=True, unless=((-1, "return_X_y"),))),
    ("sklearn.datasets", "fetch_mldata", Function(BUNCH, role="load", effects=NETWORK)),
    ("sklearn.metrics", "plot_confusion_matrix plot_roc_curve plot_precision_recall_curve plot_det_curve", DRAWS),
    ("sklearn.inspection", "plot_partial_dependence", DRAWS),
    (
        "sklearn.metrics",
        "jaccard_similarity_score calinski_harabaz_score",
        Function("float", role="evaluate", pure=True),
    ),
    (
        "sklearn.linear_model",
        "RandomizedLasso RandomizedLogisticRegression",
        Function(role="train", effects=RANDOM, seed="random_state"),
    ),
    (
        "sklearn.decomposition",
        "RandomizedPCA",
        Function(role="transform", effects=RANDOM, pure=True, seed="random_state"),
    ),
    ("sklearn.mixture", "GMM DPGMM VBGMM", Function(role="train", effects=RANDOM, pure=True, seed="random_state")),
)

BASES = bases(
    ("sklearn.preprocessing", "Imputer", "~imputer"),
    ("sklearn.preprocessing", "CategoricalEncoder", "~mixed"),
    ("sklearn.linear_model", "RandomizedLasso RandomizedLogisticRegression", "~transformer"),
    ("sklearn.decomposition", "RandomizedPCA", "~transformer"),
    ("sklearn.mixture", "GMM DPGMM VBGMM", "~clusterer"),
)
