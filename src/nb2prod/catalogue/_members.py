"""All that values of some classes offer, where that is as good as a promise."""

ARRAY = frozenset("""
    T all any argmax argmin argpartition argsort astype base byteswap choose clip compress conj conjugate copy ctypes
    cumprod cumsum data device diagonal dot dtype dump dumps fill flags flat flatten getfield imag item itemsize itemset mT
    max mean min nbytes ndim newbyteorder nonzero partition prod ptp put ravel real repeat reshape resize round searchsorted
    setfield setflags shape size sort squeeze std strides sum swapaxes take to_device tobytes tofile tolist tostring trace
    transpose var view
    """.split())
GRID = frozenset("""
    all any argmax argmin argsort as_numpy assign_attrs assign_coords astype attrs bfill broadcast_equals broadcast_like chunk
    chunks chunksizes clip close coarsen combine_first compute conj conjugate convert_calendar coords copy count cumprod cumsum
    cumulative cumulative_integrate curvefit diff differentiate dims drop drop_attrs drop_duplicates drop_encoding drop_indexes
    drop_isel drop_sel drop_vars dropna encoding equals expand_dims ffill fillna from_dict get_index groupby groupby_bins head
    identical idxmax idxmin imag indexes integrate interp interp_calendar interp_like interpolate_na isel isin isnull load
    load_async loc map_blocks max mean median min nbytes notnull pad persist pipe plot polyfit prod quantile query rank real
    reduce reindex reindex_like rename reorder_levels resample reset_coords reset_encoding reset_index roll rolling
    rolling_exp round sel set_close set_index set_xindex shift sizes sortby squeeze stack std sum swap_dims tail thin
    to_dask_dataframe to_dataframe to_dict to_netcdf to_pandas to_zarr transpose unify_chunks unstack values var weighted where
    xindexes
    """.split())
# What other libraries add to frames and grids.
ACCESSORS = frozenset("""
    sparse hvplot interactive geometry crs profile_report swifter rio cf metpy pint xgcm odc salem geo nc virtualize ds da
    """.split())
# Values that offer what they hold under its name, beside what they offer anyway, and what kind that is.
HOLDERS = {
    "xarray.Dataset": (
        "xarray.DataArray",
        GRID | frozenset("""
            apply assign data_vars drop_dims dtypes dump_to_store eval filter_by_attrs from_dataframe get info items keys
            load_store map merge rename_dims rename_vars set_coords to_array to_dataarray to_stacked_array update variables
            """.split()),
    ),
    "xarray.DataArray": (
        "xarray.DataArray",
        GRID | frozenset("""
            T cat data dot dt dtype from_iris from_series get_axis_num item name ndim searchsorted shape size str to_dataset
            to_index to_iris to_masked_array to_numpy to_series to_unstacked_dataset variable
            """.split()),
    ),
}
FLOAT = frozenset({"as_integer_ratio", "fromhex", "hex", "is_integer"})

MEMBERS = {
    "numpy.ndarray": ARRAY,
    "numpy.generic": ARRAY | FLOAT | {"bit_count", "denominator", "numerator"},
    "numpy.number": ARRAY | FLOAT | {"bit_count", "denominator", "numerator"},
    "numpy.floating": ARRAY | FLOAT,
    "numpy.float64": ARRAY | FLOAT,
}
