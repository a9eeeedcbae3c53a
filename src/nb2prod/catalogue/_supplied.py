"""What no inference finds in libraries' code, because it is set from outside or wrapped: from their documentation.

The lines are those of the files of `inferred/`, with spaces between their fields; types are without spaces.
"""

SUPPLIED = {
    "statsmodels": """
f .tsa.statespace.mlemodel.MLEResultsWrapper .tsa.statespace.mlemodel.PredictionResultsWrapper get_prediction get_forecast
f .tsa.statespace.sarimax.SARIMAXResultsWrapper numpy.ndarray|pandas.Series forecast predict
f .tsa.arima.model.ARIMAResultsWrapper numpy.ndarray|pandas.Series forecast predict
f .tsa.holtwinters.results.HoltWintersResultsWrapper numpy.ndarray|pandas.Series forecast predict
a .datasets.utils.Dataset pandas.DataFrame data raw_data
a .datasets.utils.Dataset pandas.DataFrame|pandas.Series endog exog
f .tsa.statespace.structural.UnobservedComponents .tsa.statespace.structural.UnobservedComponentsResultsWrapper fit filter smooth
f .tsa.statespace.sarimax.SARIMAX .tsa.statespace.sarimax.SARIMAXResultsWrapper fit filter smooth
f .tsa.statespace.dynamic_factor.DynamicFactor .tsa.statespace.dynamic_factor.DynamicFactorResultsWrapper fit filter smooth
f .tsa.statespace.varmax.VARMAX .tsa.statespace.varmax.VARMAXResultsWrapper fit filter smooth
f .tsa.regime_switching.markov_regression.MarkovRegression .tsa.regime_switching.markov_regression.MarkovRegressionResultsWrapper fit
f .tsa.regime_switching.markov_autoregression.MarkovAutoregression .tsa.regime_switching.markov_autoregression.MarkovAutoregressionResultsWrapper fit
f .tsa.exponential_smoothing.ets.ETSModel .tsa.exponential_smoothing.ets.ETSResultsWrapper fit
f .discrete.discrete_model.BinaryResultsWrapper .discrete.discrete_margins.DiscreteMargins get_margeff
""",
    "dowhy": """
f .causal_model.CausalModel .causal_estimator.CausalEstimate estimate_effect
f .datasets Record[df:pandas.DataFrame,treatment_name:list[str],outcome_name:str,common_causes_names:list[str],instrument_names:list[str],effect_modifier_names:list[str],frontdoor_variables_names:list[str],dot_graph:str,gml_graph:str,ate:Any] linear_dataset
""",
    "sktime": """
f .datasets pandas.DataFrame load_macroeconomic
f .datasets._single_problem_loaders pandas.DataFrame load_macroeconomic
""",
    "xarray": """
f .core.dataset.Dataset self load copy isel sel
""",
}
