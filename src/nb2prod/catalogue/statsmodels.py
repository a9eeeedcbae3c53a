"""statsmodels: models, their results, tests and time series. `statsmodels.api` only hands on names of other modules."""

from nb2prod.catalogue._function import (
    FLOAT,
    NETWORK,
    PLOT,
    PRINTS,
    PURE,
    Function,
    aliases,
    bases,
    properties,
    table,
)

LINEAR = "statsmodels.regression.linear_model"
DISCRETE = "statsmodels.discrete.discrete_model"
GLM = "statsmodels.genmod.generalized_linear_model"
BASE = "statsmodels.base.model.Model"
RESULTS = "statsmodels.base.model.LikelihoodModelResults"
ARIMA = "statsmodels.tsa.arima.model"
SARIMAX = "statsmodels.tsa.statespace.sarimax"
HOLT = "statsmodels.tsa.holtwinters"
VAR = "statsmodels.tsa.vector_ar.var_model"
STATE_SPACE = "statsmodels.tsa.statespace.mlemodel.MLEResults"
FIGURE = "matplotlib.figure.Figure"

FAMILIES = "Binomial Gamma Gaussian InverseGaussian NegativeBinomial Poisson Tweedie"
DATASETS = (
    "anes96 cancer ccard china_smoking co2 copper cpunish danish_data elec_equip elnino engel fair fertility grunfeld "
    "heart interest_inflation longley macrodata modechoice nile randhie scotland spector stackloss star98 statecrime "
    "strikes sunspots"
)
SHIPPED = Function("statsmodels.datasets.utils.Dataset", role="load", pure=True)
MODEL = Function(role="train", pure=True)
PREDICTS = Function(role="predict", pure=True)
TESTS = Function(role="evaluate", pure=True)
DRAWS = Function(FIGURE, role="plot", effects=PLOT)


def fits(returns: str) -> Function:
    """A `fit` method: it leaves the model as it is and returns results."""
    return Function(returns, role="train", pure=True)


def prints(returns: str) -> Function:
    """A `fit` method that reports how it went."""
    return Function(returns, role="train", effects=PRINTS)


ENTRIES = table(
    (BASE, "fit", fits("")),
    (BASE, "from_formula", Function("self", role="train", pure=True)),
    (LINEAR, "OLS WLS GLS GLSAR", MODEL),
    (f"{LINEAR}.OLS", "fit", fits(f"{LINEAR}.RegressionResultsWrapper")),
    (f"{LINEAR}.WLS", "fit", fits(f"{LINEAR}.RegressionResultsWrapper")),
    (f"{LINEAR}.GLS", "fit", fits(f"{LINEAR}.RegressionResultsWrapper")),
    (f"{LINEAR}.OLS", "fit_regularized", fits("")),
    (DISCRETE, "Logit Probit MNLogit Poisson NegativeBinomial", MODEL),
    (f"{DISCRETE}.Logit", "fit", prints(f"{DISCRETE}.BinaryResultsWrapper")),
    (f"{DISCRETE}.Probit", "fit", prints(f"{DISCRETE}.BinaryResultsWrapper")),
    (f"{DISCRETE}.Poisson", "fit", prints(f"{DISCRETE}.PoissonResultsWrapper")),
    (f"{DISCRETE}.MNLogit", "fit", prints(f"{DISCRETE}.MultinomialResultsWrapper")),
    (GLM, "GLM", MODEL),
    (f"{GLM}.GLM", "fit", fits(f"{GLM}.GLMResultsWrapper")),
    ("statsmodels.formula.api", "ols wls gls", Function(f"{LINEAR}.OLS", role="train", pure=True)),
    ("statsmodels.formula.api", "logit", Function(f"{DISCRETE}.Logit", role="train", pure=True)),
    ("statsmodels.formula.api", "probit", Function(f"{DISCRETE}.Probit", role="train", pure=True)),
    ("statsmodels.formula.api", "poisson", Function(f"{DISCRETE}.Poisson", role="train", pure=True)),
    ("statsmodels.formula.api", "mnlogit", Function(f"{DISCRETE}.MNLogit", role="train", pure=True)),
    ("statsmodels.formula.api", "glm", Function(f"{GLM}.GLM", role="train", pure=True)),
    ("statsmodels.formula.api", "mixedlm quantreg rlm gee phreg negativebinomial", MODEL),
    ("statsmodels.regression.mixed_linear_model", "MixedLM", MODEL),
    ("statsmodels.regression.quantile_regression", "QuantReg", MODEL),
    ("statsmodels.robust.robust_linear_model", "RLM", MODEL),
    # results
    (RESULTS, "predict", PREDICTS),
    (RESULTS, "conf_int t_test f_test wald_test cov_params", TESTS),
    (RESULTS, "save", Function("None", writes=(0, "fname"), role="export")),
    (RESULTS, "load", Function("self", reads=(0, "fname"), role="load")),
    (
        f"{LINEAR}.RegressionResults",
        "summary",
        Function("statsmodels.iolib.summary.Summary", role="evaluate", pure=True),
    ),
    (
        f"{LINEAR}.RegressionResults",
        "summary2",
        Function("statsmodels.iolib.summary2.Summary", role="evaluate", pure=True),
    ),
    (f"{LINEAR}.RegressionResults", "get_prediction", PREDICTS),
    (f"{LINEAR}.RegressionResults", "get_robustcov_results compare_f_test compare_lr_test", TESTS),
    (f"{LINEAR}.OLSResults", "get_influence outlier_test", TESTS),
    (
        f"{DISCRETE}.DiscreteResults",
        "summary",
        Function("statsmodels.iolib.summary.Summary", role="evaluate", pure=True),
    ),
    (f"{DISCRETE}.DiscreteResults", "get_margeff", TESTS),
    (f"{GLM}.GLMResults", "summary", Function("statsmodels.iolib.summary.Summary", role="evaluate", pure=True)),
    (f"{GLM}.GLMResults", "get_prediction", PREDICTS),
    ("statsmodels.iolib.summary.Summary", "as_text as_html as_latex as_csv", Function("str", pure=True)),
    # preparing, testing
    ("statsmodels.tools.tools", "add_constant", Function("first", role="transform", pure=True)),
    ("statsmodels.tools.eval_measures", "rmse mse meanabs", TESTS),
    (
        "statsmodels.stats.outliers_influence",
        "variance_inflation_factor",
        Function("float", role="evaluate", pure=True),
    ),
    ("statsmodels.stats.anova", "anova_lm", Function("pandas.DataFrame", role="evaluate", pure=True)),
    ("statsmodels.stats.multicomp", "pairwise_tukeyhsd", TESTS),
    ("statsmodels.stats.multitest", "multipletests fdrcorrection", TESTS),
    ("statsmodels.stats.proportion", "proportions_ztest proportion_confint proportion_effectsize", TESTS),
    ("statsmodels.stats.weightstats", "ztest ttest_ind", TESTS),
    ("statsmodels.stats.diagnostic", "acorr_ljungbox het_breuschpagan het_white linear_rainbow lilliefors", TESTS),
    ("statsmodels.stats.stattools", "durbin_watson jarque_bera", TESTS),
    ("statsmodels.stats.contingency_tables", "mcnemar", TESTS),
    ("statsmodels.stats.power", "tt_ind_solve_power tt_solve_power", FLOAT),
    # time series
    (
        "statsmodels.tsa.stattools",
        "adfuller",
        Function(
            "tuple[float, float, int, int, dict[str, float], float]",
            role="evaluate",
            pure=True,
            unless=((3, "autolag"), (4, "store"), (5, "regresults"), (-1, "result_object")),
        ),
    ),
    ("statsmodels.tsa.stattools", "kpss acf pacf ccf coint arma_order_select_ic", TESTS),
    ("statsmodels.tsa.stattools", "grangercausalitytests", Function(role="evaluate", effects=PRINTS)),
    (
        "statsmodels.tsa.seasonal",
        "seasonal_decompose",
        Function("statsmodels.tsa.seasonal.DecomposeResult", role="transform", pure=True),
    ),
    ("statsmodels.tsa.seasonal", "STL", MODEL),
    ("statsmodels.tsa.seasonal.STL", "fit", fits("statsmodels.tsa.seasonal.DecomposeResult")),
    ("statsmodels.tsa.seasonal.DecomposeResult", "plot", DRAWS),
    ("statsmodels.tsa.filters.hp_filter", "hpfilter", PURE),
    (ARIMA, "ARIMA", MODEL),
    (f"{ARIMA}.ARIMA", "fit", fits(f"{ARIMA}.ARIMAResultsWrapper")),
    (SARIMAX, "SARIMAX", MODEL),
    (f"{SARIMAX}.SARIMAX", "fit", prints(f"{SARIMAX}.SARIMAXResultsWrapper")),
    (STATE_SPACE, "forecast predict get_forecast get_prediction simulate", PREDICTS),
    (STATE_SPACE, "summary", Function("statsmodels.iolib.summary.Summary", role="evaluate", pure=True)),
    (STATE_SPACE, "plot_diagnostics", DRAWS),
    (STATE_SPACE, "append apply extend", Function("self", role="train", pure=True)),
    (HOLT, "ExponentialSmoothing Holt SimpleExpSmoothing", MODEL),
    (f"{HOLT}.ExponentialSmoothing", "fit", fits(f"{HOLT}.results.HoltWintersResultsWrapper")),
    (f"{HOLT}.Holt", "fit", fits(f"{HOLT}.results.HoltWintersResultsWrapper")),
    (f"{HOLT}.SimpleExpSmoothing", "fit", fits(f"{HOLT}.results.HoltWintersResultsWrapper")),
    (f"{HOLT}.HoltWintersResults", "forecast predict simulate", PREDICTS),
    (
        f"{HOLT}.HoltWintersResults",
        "summary",
        Function("statsmodels.iolib.summary.Summary", role="evaluate", pure=True),
    ),
    (VAR, "VAR", MODEL),
    (f"{VAR}.VAR", "fit", fits(f"{VAR}.VARResultsWrapper")),
    (f"{VAR}.VAR", "select_order", TESTS),
    (f"{VAR}.VARResults", "forecast forecast_interval", PREDICTS),
    ("statsmodels.tsa.ar_model", "AutoReg", MODEL),
    ("statsmodels.tsa.ar_model.AutoReg", "fit", fits("statsmodels.tsa.ar_model.AutoRegResultsWrapper")),
    ("statsmodels.tsa.ar_model", "ar_select_order", TESTS),
    ("statsmodels.tsa.ar_model.AutoRegResults", "predict forecast get_prediction", PREDICTS),
    ("statsmodels.tsa.ar_model.AutoRegResults", "plot_predict plot_diagnostics", DRAWS),
    ("statsmodels.tsa.ar_model.AutoRegResults", "summary", Function("statsmodels.iolib.summary.Summary", pure=True)),
    ("statsmodels.nonparametric.smoothers_lowess", "lowess", Function("numpy.ndarray", role="transform", pure=True)),
    ("statsmodels.genmod.families", FAMILIES, MODEL),
    # drawing and data
    ("statsmodels.graphics.tsaplots", "plot_acf plot_pacf plot_predict month_plot quarter_plot", DRAWS),
    ("statsmodels.graphics.gofplots", "qqplot qqline", DRAWS),
    ("statsmodels.graphics.regressionplots", "plot_regress_exog plot_fit plot_partregress influence_plot", DRAWS),
    ("statsmodels.graphics.regressionplots", "plot_leverage_resid2 plot_ccpr abline_plot", DRAWS),
    ("statsmodels.graphics.mosaicplot", "mosaic", Function(role="plot", effects=PLOT)),
    ("statsmodels.graphics.factorplots", "interaction_plot", DRAWS),
    ("statsmodels.datasets", "get_rdataset", Function(role="load", effects=NETWORK)),
    *((f"statsmodels.datasets.{name}", "load load_pandas", SHIPPED) for name in DATASETS.split()),
)

PROPERTIES = properties(
    (f"{LINEAR}.RegressionResults", "rsquared rsquared_adj aic bic fvalue f_pvalue ssr ess mse_resid llf", "float"),
    (f"{DISCRETE}.DiscreteResults", "prsquared aic bic llf llr_pvalue", "float"),
    ("statsmodels.tsa.seasonal.DecomposeResult", "trend seasonal resid observed", "pandas.Series"),
)

BASES = bases(
    ("statsmodels.base.model", "Model", ""),
    ("statsmodels.datasets.utils", "Dataset", ""),
    ("statsmodels.genmod.families", FAMILIES, ""),
    (LINEAR, "OLS WLS GLS GLSAR", BASE),
    (DISCRETE, "Logit Probit MNLogit Poisson NegativeBinomial", BASE),
    (GLM, "GLM", BASE),
    ("statsmodels.regression.mixed_linear_model", "MixedLM", BASE),
    ("statsmodels.regression.quantile_regression", "QuantReg", BASE),
    ("statsmodels.robust.robust_linear_model", "RLM", BASE),
    ("statsmodels.base.model", "LikelihoodModelResults", ""),
    (LINEAR, "RegressionResults", RESULTS),
    (LINEAR, "OLSResults", f"{LINEAR}.RegressionResults"),
    (LINEAR, "RegressionResultsWrapper", f"{LINEAR}.OLSResults"),
    (DISCRETE, "DiscreteResults", RESULTS),
    (DISCRETE, "BinaryResultsWrapper PoissonResultsWrapper MultinomialResultsWrapper", f"{DISCRETE}.DiscreteResults"),
    (GLM, "GLMResults", RESULTS),
    (GLM, "GLMResultsWrapper", f"{GLM}.GLMResults"),
    ("statsmodels.iolib.summary", "Summary", ""),
    ("statsmodels.tsa.seasonal", "STL DecomposeResult", ""),
    ("statsmodels.tsa.statespace.mlemodel", "MLEResults", RESULTS),
    (ARIMA, "ARIMA", BASE),
    (ARIMA, "ARIMAResults", STATE_SPACE),
    (ARIMA, "ARIMAResultsWrapper", f"{ARIMA}.ARIMAResults"),
    (SARIMAX, "SARIMAX", BASE),
    (SARIMAX, "SARIMAXResultsWrapper", STATE_SPACE),
    (HOLT, "ExponentialSmoothing Holt SimpleExpSmoothing HoltWintersResults", ""),
    (f"{HOLT}.results", "HoltWintersResultsWrapper", f"{HOLT}.HoltWintersResults"),
    (VAR, "VAR VARResults", ""),
    (VAR, "VARResultsWrapper", f"{VAR}.VARResults"),
    ("statsmodels.tsa.ar_model", "AutoReg", BASE),
    ("statsmodels.tsa.ar_model", "AutoRegResults", ""),
    ("statsmodels.tsa.ar_model", "AutoRegResultsWrapper", "statsmodels.tsa.ar_model.AutoRegResults"),
)

ALIASES = {
    "statsmodels.api.tsa": "statsmodels.tsa.api",
    "statsmodels.api.stats": "statsmodels.stats.api",
    "statsmodels.api.graphics": "statsmodels.graphics.api",
    "statsmodels.api.formula": "statsmodels.formula.api",
    "statsmodels.api.datasets": "statsmodels.datasets",
    "statsmodels.api.families": "statsmodels.genmod.families",
    "statsmodels.api.nonparametric.lowess": "statsmodels.nonparametric.smoothers_lowess.lowess",
    "statsmodels.tsa.api.filters": "statsmodels.tsa.filters.hp_filter",
    "statsmodels.tsa.api.arima.ARIMA": f"{ARIMA}.ARIMA",
    "statsmodels.tsa.api.statespace.SARIMAX": f"{SARIMAX}.SARIMAX",
    "statsmodels.tsa.statespace.api.SARIMAX": f"{SARIMAX}.SARIMAX",
    "statsmodels.graphics.api.tsa": "statsmodels.graphics.tsaplots",
    "statsmodels.tsa.arima_model": ARIMA,
    "statsmodels.tsa.stl._stl": "statsmodels.tsa.seasonal",
    f"{HOLT}.model": HOLT,
    "statsmodels.tsa.holtwinters.results.HoltWintersResults": f"{HOLT}.HoltWintersResults",
    **aliases(
        ("statsmodels.api", "OLS WLS GLS GLSAR", LINEAR),
        ("statsmodels.api", "Logit Probit MNLogit Poisson NegativeBinomial", DISCRETE),
        ("statsmodels.api", "GLM", GLM),
        ("statsmodels.api", "MixedLM", "statsmodels.regression.mixed_linear_model"),
        ("statsmodels.api", "QuantReg", "statsmodels.regression.quantile_regression"),
        ("statsmodels.api", "RLM", "statsmodels.robust.robust_linear_model"),
        ("statsmodels.api", "add_constant", "statsmodels.tools.tools"),
        ("statsmodels.tools", "add_constant", "statsmodels.tools.tools"),
        ("statsmodels.api", "qqplot qqline", "statsmodels.graphics.gofplots"),
        ("statsmodels.tsa.api", "ARIMA", ARIMA),
        ("statsmodels.tsa.api", "SARIMAX", SARIMAX),
        ("statsmodels.tsa.api", "ExponentialSmoothing Holt SimpleExpSmoothing", HOLT),
        ("statsmodels.tsa.api", "VAR", VAR),
        ("statsmodels.tsa.api", "AutoReg", "statsmodels.tsa.ar_model"),
        ("statsmodels.tsa.api", "STL seasonal_decompose", "statsmodels.tsa.seasonal"),
        ("statsmodels.tsa.api", "adfuller kpss acf pacf ccf coint", "statsmodels.tsa.stattools"),
        ("statsmodels.tsa.api.stattools", "adfuller kpss acf pacf ccf coint", "statsmodels.tsa.stattools"),
        ("statsmodels.stats.api", "anova_lm", "statsmodels.stats.anova"),
        ("statsmodels.stats.api", "durbin_watson jarque_bera", "statsmodels.stats.stattools"),
        ("statsmodels.stats.api", "acorr_ljungbox het_breuschpagan het_white", "statsmodels.stats.diagnostic"),
        ("statsmodels.stats.api", "ztest", "statsmodels.stats.weightstats"),
        ("statsmodels.stats.api", "multipletests", "statsmodels.stats.multitest"),
        ("statsmodels.stats.api", "proportions_ztest proportion_confint", "statsmodels.stats.proportion"),
        ("statsmodels.graphics.api", "qqplot", "statsmodels.graphics.gofplots"),
        (
            "statsmodels.graphics.api",
            "plot_fit plot_regress_exog influence_plot abline_plot",
            "statsmodels.graphics.regressionplots",
        ),
        ("statsmodels.graphics.api", "plot_partregress", "statsmodels.graphics.regressionplots"),
        ("statsmodels.graphics.api", "interaction_plot", "statsmodels.graphics.factorplots"),
    ),
}
