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
f .base.model.GenericLikelihoodModelResults numpy.ndarray|pandas.Series predict
f .regression.linear_model.RegressionResultsWrapper .stats.outliers_influence.OLSInfluence get_influence
f .regression.linear_model.RegressionResultsWrapper .regression._prediction.PredictionResults get_prediction
f .regression.linear_model.RegressionResultsWrapper numpy.ndarray|pandas.Series predict
f .regression.linear_model.RegressionResultsWrapper pandas.DataFrame|numpy.ndarray outlier_test conf_int cov_params
f .regression.linear_model.RegressionResultsWrapper .stats.contrast.ContrastResults t_test f_test wald_test
a .regression.linear_model.RegressionResultsWrapper numpy.ndarray|pandas.Series params bse pvalues tvalues resid fittedvalues wresid
a .regression.linear_model.RegressionResultsWrapper float rsquared rsquared_adj aic bic fvalue f_pvalue llf mse_resid mse_model mse_total ssr ess nobs df_resid df_model condition_number
f .discrete.conditional_models.ConditionalResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.BinaryResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.CountResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.OrderedResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.MultinomialResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.GeneralizedPoissonResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.L1CountResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.L1BinaryResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.L1GeneralizedPoissonResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.L1MultinomialResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.L1NegativeBinomialResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.L1PoissonResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.NegativeBinomialPResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.NegativeBinomialResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.PoissonResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.truncated_model.HurdleCountResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.truncated_model.L1HurdleCountResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.truncated_model.TruncatedLFGenericResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.truncated_model.L1TruncatedLFGenericResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.count_model.ZeroInflatedGeneralizedPoissonResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.count_model.ZeroInflatedNegativeBinomialResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.count_model.ZeroInflatedPoissonResultsWrapper ? get_prediction get_influence outlier_test
f .genmod.generalized_estimating_equations.GEEResultsWrapper ? get_prediction get_influence outlier_test
f .genmod.generalized_estimating_equations.NominalGEEResultsWrapper ? get_prediction get_influence outlier_test
f .genmod.generalized_estimating_equations.OrdinalGEEResultsWrapper ? get_prediction get_influence outlier_test
f .genmod.generalized_linear_model.GLMResultsWrapper ? get_prediction get_influence outlier_test
f .genmod.qif.QIFResultsWrapper ? get_prediction get_influence outlier_test
f .miscmodels.ordinal_model.OrderedResultsWrapper ? get_prediction get_influence outlier_test
f .multivariate.multivariate_ols.MultivariateLSResultsWrapper ? get_prediction get_influence outlier_test
f .othermod.betareg.BetaResultsWrapper ? get_prediction get_influence outlier_test
f .robust.robust_linear_model.RLMResultsWrapper ? get_prediction get_influence outlier_test
f .discrete.discrete_model.MultinomialResultsWrapper ? predict conf_int cov_params t_test f_test wald_test
a .discrete.discrete_model.MultinomialResultsWrapper ? params bse pvalues tvalues resid fittedvalues wresid
f .discrete.discrete_model.L1MultinomialResultsWrapper ? predict conf_int cov_params t_test f_test wald_test
a .discrete.discrete_model.L1MultinomialResultsWrapper ? params bse pvalues tvalues resid fittedvalues wresid
f .multivariate.multivariate_ols.MultivariateLSResultsWrapper ? predict conf_int cov_params t_test f_test wald_test
a .multivariate.multivariate_ols.MultivariateLSResultsWrapper ? params bse pvalues tvalues resid fittedvalues wresid
f .regression._prediction.PredictionResults pandas.DataFrame summary_frame
f .regression._prediction.PredictionResults numpy.ndarray conf_int
a .regression._prediction.PredictionResults numpy.ndarray predicted_mean se_mean se_obs
f .genmod.generalized_linear_model.GLMResultsWrapper .stats.outliers_influence.GLMInfluence get_influence
f .genmod.generalized_linear_model.GLMResultsWrapper numpy.ndarray|pandas.Series predict
f .genmod.generalized_linear_model.GLMResultsWrapper pandas.DataFrame|numpy.ndarray conf_int cov_params
a .genmod.generalized_linear_model.GLMResultsWrapper numpy.ndarray|pandas.Series params bse pvalues tvalues fittedvalues resid_response resid_pearson resid_deviance
f .discrete.discrete_model.BinaryResultsWrapper numpy.ndarray|pandas.Series predict
f .discrete.discrete_model.BinaryResultsWrapper pandas.DataFrame|numpy.ndarray conf_int cov_params
f .discrete.discrete_model.BinaryResultsWrapper numpy.ndarray pred_table
a .discrete.discrete_model.BinaryResultsWrapper numpy.ndarray|pandas.Series params bse pvalues tvalues fittedvalues
f .stats.outliers_influence.OLSInfluence pandas.DataFrame summary_frame
f .stats.outliers_influence.GLMInfluence pandas.DataFrame summary_frame
a .stats.outliers_influence.OLSInfluence tuple[numpy.ndarray,numpy.ndarray] cooks_distance dffits dffits_internal
a .stats.outliers_influence.OLSInfluence numpy.ndarray resid_studentized resid_studentized_internal resid_studentized_external hat_matrix_diag
f .tsa.statespace.mlemodel.PredictionResultsWrapper pandas.DataFrame|numpy.ndarray conf_int
f .tsa.statespace.mlemodel.PredictionResultsWrapper pandas.DataFrame summary_frame
a .tsa.statespace.mlemodel.PredictionResultsWrapper numpy.ndarray|pandas.Series|pandas.DataFrame predicted_mean se_mean
a .tsa.statespace.mlemodel.MLEResultsWrapper numpy.ndarray|pandas.Series params bse pvalues
f .tsa.statespace.mlemodel.MLEResultsWrapper numpy.ndarray|pandas.Series|pandas.DataFrame simulate impulse_responses forecast predict
f .tsa.statespace.mlemodel.MLEResultsWrapper self append extend apply
f .tsa.holtwinters.results.HoltWintersResultsWrapper numpy.ndarray|pandas.Series|pandas.DataFrame simulate
a .tsa.holtwinters.results.HoltWintersResultsWrapper numpy.ndarray|pandas.Series fittedvalues resid level trend season
a .tsa.holtwinters.results.HoltWintersResultsWrapper dict[str,Any] params
a .stats.weightstats.DescrStatsW float|numpy.ndarray mean std var std_mean sum
a .tsa.seasonal._seasonal.DecomposeResult numpy.ndarray|pandas.Series|pandas.DataFrame trend seasonal resid observed weights
f .regression.recursive_ls.RecursiveLS .regression.recursive_ls.RecursiveLSResultsWrapper fit
f .tools.tools numpy.ndarray|pandas.DataFrame|pandas.Series add_constant
f .stats.multitest tuple[numpy.ndarray,numpy.ndarray,float,float] multipletests
f .stats.proportion tuple[float|numpy.ndarray,float|numpy.ndarray] proportions_ztest proportion_confint confint_proportions_2indep
f .stats.meta_analysis tuple[numpy.ndarray,numpy.ndarray] effectsize_2proportions effectsize_smd
f .stats.outliers_influence float variance_inflation_factor
f .stats.power float|numpy.ndarray tt_ind_solve_power tt_solve_power zt_ind_solve_power
f .stats.power.TTestIndPower float|numpy.ndarray power solve_power
f .stats.power.TTestPower float|numpy.ndarray power solve_power
f .stats.power.NormalIndPower float|numpy.ndarray power solve_power
f .stats.anova pandas.DataFrame anova_lm
f .tsa.filters.hp_filter .tsa.filters.filtertools.CycleTrendResult hpfilter
""",
    "dowhy": """
f .causal_model.CausalModel .causal_estimator.CausalEstimate estimate_effect
a .causal_model.CausalModel pandas.DataFrame _data
a .causal_estimator.CausalEstimate float value
f .gcm.confidence_intervals tuple[dict[Any,numpy.ndarray]|numpy.ndarray,dict[Any,numpy.ndarray]|numpy.ndarray] confidence_intervals
f .datasets Record[df:pandas.DataFrame,treatment_name:list[str],outcome_name:str,common_causes_names:list[str],instrument_names:list[str],effect_modifier_names:list[str],frontdoor_variables_names:list[str],dot_graph:str,gml_graph:str,ate:Any] linear_dataset
""",
    "dask": """
f .dataframe.DataFrame self persist repartition
f .dataframe.DataFrame pandas.DataFrame compute head tail
f .dataframe.Series self persist repartition
f .dataframe.Series pandas.Series compute head tail
f .array.Array self persist rechunk
f .array.Array numpy.ndarray compute
""",
    "skrub": """
f skrub sklearn.pipeline.Pipeline tabular_pipeline tabular_learner
""",
    "scipy": """
f .optimize tuple[numpy.ndarray,numpy.ndarray] curve_fit
a .optimize.OptimizeResult float|numpy.ndarray x fun
a .optimize.OptimizeResult bool success
a .optimize.OptimizeResult str message
a .optimize.OptimizeResult int nit nfev status
""",
    "sklearn": """
f .base.BaseEstimator numpy.ndarray predict predict_proba decision_function
f .base.BaseEstimator float score
f .base.BaseEstimator self fit
""",
    "arch": """
a .unitroot.unitroot.ADF statsmodels.regression.linear_model.RegressionResultsWrapper regression
a .unitroot.unitroot.DFGLS statsmodels.regression.linear_model.RegressionResultsWrapper regression
a .unitroot.unitroot.PhillipsPerron statsmodels.regression.linear_model.RegressionResultsWrapper regression
""",
    "tsfresh": """
f .examples.har_dataset pandas.DataFrame load_har_dataset
f .examples.har_dataset pandas.Series load_har_classes
f .examples pandas.DataFrame load_har_dataset
""",
    "hvplot": """
f .sample_data.us_crime pandas.DataFrame read
f .sample_data.airline_flights pandas.DataFrame read
f .sample_data.airline_flights dask.dataframe.DataFrame to_dask
f .hvPlotTabular holoviews.core.Dimensioned __call__ line scatter bar barh hist kde area box violin step heatmap bivariate points table
f .hvPlot holoviews.core.Dimensioned __call__ contour contourf image quadmesh rgb vectorfield
f .sample_data.landuse xarray.DataArray read to_dask
""",
    "sktime": """
f .forecasting.base.BaseForecaster pandas.DataFrame|pandas.Series|numpy.ndarray predict fit_predict
f .forecasting.base.BaseForecaster pandas.DataFrame predict_interval predict_quantiles
f .transformations.base.BaseTransformer pandas.DataFrame|pandas.Series|numpy.ndarray transform fit_transform inverse_transform
f .classification.base.BaseClassifier numpy.ndarray predict predict_proba
f .regression.base.BaseRegressor numpy.ndarray predict
f .datasets pandas.DataFrame load_macroeconomic
f .datasets._single_problem_loaders pandas.DataFrame load_macroeconomic
f .datasets tuple[pandas.DataFrame,numpy.ndarray] load_from_tsfile
""",
    "networkx": """
f .generators.random_graphs networkx.Graph fast_gnp_random_graph gnp_random_graph gnm_random_graph
f .generators.random_graphs networkx.Graph barabasi_albert_graph watts_strogatz_graph newman_watts_strogatz_graph
f .generators.random_graphs networkx.Graph connected_watts_strogatz_graph random_regular_graph powerlaw_cluster_graph
f .generators.classic networkx.Graph complete_graph path_graph cycle_graph star_graph wheel_graph balanced_tree empty_graph
f .generators.classic networkx.Graph ladder_graph lollipop_graph barbell_graph complete_multipartite_graph
f .generators.social networkx.Graph karate_club_graph les_miserables_graph florentine_families_graph
f .generators.lattice networkx.Graph grid_2d_graph grid_graph hexagonal_lattice_graph triangular_lattice_graph
f .generators.geometric networkx.Graph random_geometric_graph
f .generators.community networkx.Graph stochastic_block_model planted_partition_graph caveman_graph
f .convert_matrix networkx.Graph from_pandas_edgelist from_pandas_adjacency from_numpy_array
f .convert networkx.Graph to_networkx_graph from_edgelist from_dict_of_lists from_dict_of_dicts
f .algorithms.centrality dict[Any,float] degree_centrality betweenness_centrality closeness_centrality
f .algorithms.centrality dict[Any,float] eigenvector_centrality
f .algorithms.link_analysis dict[Any,float] pagerank
f .readwrite.edgelist networkx.Graph read_edgelist read_weighted_edgelist
""",
    "holoviews": """
f .core.Dimensioned self opts options relabel clone
f .core.Dimensioned .core.Dimensioned __mul__
f .core.Dimensioned .Layout __add__
f .Dataset self sort
""",
    "xarray": """
a .core.dataarray.CombinedDatetimelikeAccessor .DataArray year month day hour minute second microsecond nanosecond weekofyear week weekday dayofweek dayofyear quarter days_in_month daysinmonth season date time is_month_start is_month_end is_leap_year
f .core.dataarray.CombinedDatetimelikeAccessor .DataArray strftime floor ceil round isocalendar
f .core.dataset.Dataset self load copy isel sel
""",
}
