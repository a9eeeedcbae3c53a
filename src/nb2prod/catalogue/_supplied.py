"""What no inference finds in libraries' code, because it is set from outside or wrapped: from their documentation.

The lines are those of the files of `inferred/`, with spaces between their fields; types are without spaces.
"""

SUPPLIED = {
    "statsmodels": """
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
""",
    "xarray": """
f .core.dataset.Dataset self load copy isel sel
""",
}
