"""Small libraries that learn from data: boosting, resampling, clustering, time series, explanation, search."""

from nb2prod.catalogue._function import (
    DATABASE,
    DISPLAY,
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

AXES = "matplotlib.axes.Axes"
FIXED = Function(role="train", pure=True)
MODEL = Function(role="train", effects=RANDOM, pure=True, seed="random_state")
TRANSFORMER = Function(role="transform", effects=RANDOM, pure=True, seed="random_state")
SHOWS = Function(role="plot", effects=PLOT | DISPLAY)
DRAWS = Function(AXES, role="plot", effects=PLOT)
OVER = "SMOTE ADASYN BorderlineSMOTE KMeansSMOTE RandomOverSampler SMOTEN SMOTENC SVMSMOTE"
UNDER_SEEDED = (
    "ClusterCentroids InstanceHardnessThreshold RandomUnderSampler OneSidedSelection CondensedNearestNeighbour"
)
UNDER = "EditedNearestNeighbours NearMiss NeighbourhoodCleaningRule RepeatedEditedNearestNeighbours TomekLinks AllKNN"
ENSEMBLES = "BalancedBaggingClassifier BalancedRandomForestClassifier EasyEnsembleClassifier RUSBoostClassifier"
ENCODERS = (
    "BinaryEncoder CatBoostEncoder CountEncoder HashingEncoder LeaveOneOutEncoder OneHotEncoder OrdinalEncoder "
    "TargetEncoder WOEEncoder"
)

ENTRIES = table(
    # boosting: without a seed they use a fixed one
    ("xgboost", "XGBClassifier XGBRegressor XGBRanker XGBRFClassifier XGBRFRegressor", FIXED),
    ("xgboost", "train", Function("xgboost.Booster", role="train", effects=PRINTS)),
    ("xgboost", "cv", Function("pandas.DataFrame", role="evaluate", effects=PRINTS)),
    ("xgboost", "plot_importance plot_tree", DRAWS),
    ("xgboost", "DMatrix", Function(role="transform", pure=True)),
    ("xgboost.Booster", "predict", Function("numpy.ndarray", role="predict", pure=True)),
    ("xgboost.Booster", "save_model", Function("None", writes=(0, "fname"), role="export")),
    ("xgboost.Booster", "load_model", Function("None", reads=(0, "fname"), role="load", mutates=True)),
    ("xgboost.Booster", "get_score", Function("dict[str, Any]", pure=True)),
    ("xgboost.XGBModel", "save_model", Function("None", writes=(0, "fname"), role="export")),
    ("xgboost.XGBModel", "load_model", Function("None", reads=(0, "fname"), role="load", mutates=True)),
    ("xgboost.XGBModel", "get_booster", Function("xgboost.Booster", pure=True)),
    ("lightgbm", "LGBMClassifier LGBMRegressor LGBMRanker", FIXED),
    ("lightgbm", "train", Function("lightgbm.Booster", role="train", effects=PRINTS)),
    ("lightgbm", "cv", Function("dict[str, Any]", role="evaluate", effects=PRINTS)),
    ("lightgbm", "plot_importance plot_metric plot_tree", DRAWS),
    ("lightgbm", "Dataset", Function(role="transform", pure=True)),
    ("lightgbm", "early_stopping log_evaluation record_evaluation", Function(role="train", pure=True)),
    ("lightgbm.Booster", "predict", Function("numpy.ndarray", role="predict", pure=True)),
    ("lightgbm.Booster", "save_model", Function("self", writes=(0, "filename"), role="export")),
    ("lightgbm.Booster", "feature_importance", Function("numpy.ndarray", pure=True)),
    ("lightgbm.Booster", "feature_name", Function("list[str]", pure=True)),
    ("catboost", "Pool", Function(role="transform", pure=True)),
    ("catboost", "cv", Function("pandas.DataFrame", role="evaluate", effects=PRINTS)),
    ("catboost.CatBoost", "fit", Function("self", role="train", effects=PRINTS, mutates=True)),
    ("catboost.CatBoost", "save_model", Function("None", writes=(0, "fname"), role="export")),
    ("catboost.CatBoost", "load_model", Function("self", reads=(0, "fname"), role="load", mutates=True)),
    ("catboost.CatBoost", "get_feature_importance", Function(role="evaluate", pure=True)),
    # resampling
    ("imblearn.over_sampling", OVER, TRANSFORMER),
    ("imblearn.under_sampling", UNDER_SEEDED, TRANSFORMER),
    ("imblearn.combine", "SMOTEENN SMOTETomek", TRANSFORMER),
    ("imblearn.ensemble", ENSEMBLES, MODEL),
    ("imblearn.pipeline", "make_pipeline", Function("imblearn.pipeline.Pipeline", role="transform", pure=True)),
    ("imblearn.metrics", "classification_report_imbalanced", Function("str", role="evaluate", pure=True)),
    (
        "imblearn.metrics",
        "geometric_mean_score sensitivity_score specificity_score",
        Function("float", role="evaluate", pure=True),
    ),
    # clustering, encoding, projection
    ("umap", "UMAP", TRANSFORMER),
    (
        "mlxtend.frequent_patterns",
        "apriori fpgrowth association_rules fpmax",
        Function("pandas.DataFrame", role="transform", pure=True),
    ),
    ("mlxtend.plotting", "plot_decision_regions", DRAWS),
    (
        "mlxtend.plotting",
        "plot_confusion_matrix heatmap scatterplotmatrix plot_learning_curves",
        Function(role="plot", effects=PLOT),
    ),
    ("mlxtend.evaluate", "bias_variance_decomp", Function(role="evaluate", effects=RANDOM, seed="random_seed")),
    # econometrics, curves, series
    ("linearmodels.PanelOLS", "fit", Function(role="train", pure=True)),
    ("linearmodels.IV2SLS", "fit", Function(role="train", pure=True)),
    ("linearmodels.RandomEffects", "fit", Function(role="train", pure=True)),
    ("arch", "arch_model", Function(role="train", pure=True)),
    ("arch.univariate.base.ARCHModel", "fit", Function(role="train", effects=PRINTS)),
    ("lmfit.Model", "fit", Function("lmfit.model.ModelResult", role="train", pure=True)),
    ("lmfit.Model", "make_params guess", Function("lmfit.Parameters", pure=True)),
    ("lmfit.Parameters", "add add_many", Function("None", mutates=True)),
    ("lmfit.model.ModelResult", "fit_report", Function("str", role="evaluate", pure=True)),
    ("lmfit.model.ModelResult", "plot plot_fit plot_residuals", Function(role="plot", effects=PLOT)),
    ("lmfit", "minimize", Function("lmfit.minimizer.MinimizerResult", role="train", pure=True)),
    ("lmfit", "fit_report", Function("str", role="evaluate", pure=True)),
    ("lmfit", "report_fit", Function("None", role="evaluate", effects=PRINTS)),
    ("patsy", "dmatrices dmatrix", Function(role="transform", pure=True)),
    ("numba", "jit njit vectorize prange", PURE),
    ("stumpy", "stump", Function(role="transform", pure=True)),
    ("tsfresh", "extract_features select_features", Function("pandas.DataFrame", role="transform", effects=PRINTS)),
    ("sktime.datasets", "load_airline", Function("pandas.Series", role="load", pure=True)),
    ("sktime.split", "temporal_train_test_split", Function("args", role="split", pure=True)),
    ("prophet.Prophet", "fit", Function("self", role="train", mutates=True)),
    ("prophet.Prophet", "predict make_future_dataframe", Function("pandas.DataFrame", role="predict")),
    ("prophet.Prophet", "plot plot_components", Function("matplotlib.figure.Figure", role="plot", effects=PLOT)),
    (
        "prophet.Prophet",
        "add_seasonality add_regressor add_country_holidays",
        Function("self", role="train", mutates=True),
    ),
    # explanation and search
    (
        "shap",
        "Explainer TreeExplainer LinearExplainer KernelExplainer DeepExplainer GradientExplainer",
        Function(role="evaluate", pure=True),
    ),
    ("shap", "summary_plot dependence_plot force_plot decision_plot initjs", SHOWS),
    ("shap.plots", "bar beeswarm force heatmap scatter violin waterfall", SHOWS),
    ("shap", "sample", Function("first", effects=RANDOM)),
    ("optuna", "create_study load_study", Function("optuna.study.Study", role="train", effects=DATABASE)),
    ("optuna.study.Study", "optimize", Function("None", role="train", effects=RANDOM, mutates=True)),
    ("optuna.study.Study", "trials_dataframe", Function("pandas.DataFrame", pure=True)),
    ("optuna.samplers", "TPESampler RandomSampler", Function(role="train", effects=RANDOM, pure=True, seed="seed")),
    ("hyperopt", "fmin", Function("dict[str, Any]", role="train", effects=RANDOM | PRINTS, seed="rstate")),
    ("hyperopt.hp", "choice uniform loguniform quniform normal randint", PURE),
    ("yellowbrick.base.Visualizer", "show poof", Function(role="plot", effects=PLOT | DISPLAY)),
    (
        "mlflow",
        "log_metric log_metrics log_param log_params log_artifact set_experiment start_run set_tracking_uri",
        Function(effects=NETWORK),
    ),
    ("mlflow.sklearn", "log_model autolog", Function(effects=NETWORK)),
    ("mlflow.sklearn", "load_model", Function(role="load", effects=NETWORK)),
    ("wandb", "init log finish login watch save", Function(effects=NETWORK)),
)

PROPERTIES = properties(
    ("xgboost.XGBModel", "best_iteration", "int"),
    ("optuna.study.Study", "best_params", "dict[str, Any]"),
    ("optuna.study.Study", "best_value", "float"),
    ("optuna.study.Study", "trials", "list[Any]"),
)

BASES = bases(
    ("xgboost", "XGBModel", "~estimator"),
    ("xgboost", "XGBClassifier XGBRFClassifier", "xgboost.XGBModel ~classifier"),
    ("xgboost", "XGBRegressor XGBRFRegressor", "xgboost.XGBModel ~regressor"),
    ("xgboost", "XGBRanker", "xgboost.XGBModel"),
    ("xgboost", "Booster DMatrix", ""),
    ("lightgbm", "Booster Dataset", ""),
    ("lightgbm", "LGBMClassifier", "~classifier"),
    ("lightgbm", "LGBMRegressor", "~regressor"),
    ("lightgbm", "LGBMRanker", "~estimator"),
    ("catboost", "Pool", ""),
    ("catboost", "CatBoost", "~estimator"),
    ("catboost", "CatBoostClassifier", "catboost.CatBoost ~classifier"),
    ("catboost", "CatBoostRegressor", "catboost.CatBoost ~regressor"),
    ("imblearn.over_sampling", OVER, "~sampler"),
    ("imblearn.under_sampling", f"{UNDER} {UNDER_SEEDED}", "~sampler"),
    ("imblearn.combine", "SMOTEENN SMOTETomek", "~sampler"),
    ("imblearn.ensemble", ENSEMBLES, "~classifier"),
    ("imblearn.pipeline", "Pipeline", "sklearn.pipeline.Pipeline ~sampler"),
    ("umap", "UMAP", "~transformer"),
    ("hdbscan", "HDBSCAN", "~clusterer"),
    ("category_encoders", ENCODERS, "~mixed"),
    ("mlxtend.preprocessing", "TransactionEncoder", "~transformer"),
    ("mlxtend.classifier", "StackingClassifier EnsembleVoteClassifier", "~classifier"),
    ("mlxtend.feature_selection", "SequentialFeatureSelector", "~transformer"),
    ("linearmodels", "PanelOLS PooledOLS RandomEffects IV2SLS", ""),
    ("arch.univariate.base", "ARCHModel", ""),
    ("lmfit", "Model Parameters Parameter Minimizer", ""),
    ("lmfit.model", "ModelResult", ""),
    ("lmfit.models", "GaussianModel LinearModel ExponentialModel LorentzianModel VoigtModel", "lmfit.Model"),
    ("prophet", "Prophet", ""),
    ("optuna.study", "Study", ""),
    ("optuna.samplers", "TPESampler RandomSampler", ""),
    ("shap", "Explanation", ""),
    ("yellowbrick.base", "Visualizer", "~estimator"),
    (
        "yellowbrick.classifier",
        "ClassificationReport ConfusionMatrix ROCAUC PrecisionRecallCurve",
        "yellowbrick.base.Visualizer",
    ),
    ("yellowbrick.cluster", "KElbowVisualizer SilhouetteVisualizer", "yellowbrick.base.Visualizer"),
    ("yellowbrick.regressor", "ResidualsPlot PredictionError", "yellowbrick.base.Visualizer"),
)

ALIASES = {
    "xgboost.sklearn": "xgboost",
    "xgboost.core": "xgboost",
    "lightgbm.sklearn": "lightgbm",
    "lightgbm.basic": "lightgbm",
    "catboost.core": "catboost",
    "optuna.Study": "optuna.study.Study",
    "linearmodels.panel": "linearmodels",
    "umap.umap_": "umap",
    "fbprophet": "prophet",
    "sktime.forecasting.model_selection.temporal_train_test_split": "sktime.split.temporal_train_test_split",
}
