"""Which methods read or write files, by name alone: most calls need no look at the type of what they are called on."""

FILE_METHODS = frozenset(
    "add chmod delete dump exists export extract extractall flow_from_directory get glob head is_dir is_file is_symlink "
    "iterdir load load_model load_weights load_word2vec_format mkdir open options patch post put read read_bytes read_text "
    "rename render replace request rglob rmdir save save_model save_to_disk save_weights savefig sink_csv sink_parquet "
    "stat to_csv to_excel to_feather to_file to_hdf to_html to_json to_latex to_markdown to_netcdf to_orc to_parquet "
    "to_pickle to_stata to_string to_xml to_zarr tofile touch unlink write write_bytes write_csv write_excel write_html "
    "write_image write_ipc write_json write_ndjson write_parquet write_text".split()
)
