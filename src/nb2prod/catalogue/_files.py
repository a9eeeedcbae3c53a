"""What reads or writes files, by its last name alone: most calls need no look at types and at the rest of the catalogue."""

FILE_METHODS = frozenset(
    "add chmod delete dump exists export extract extractall flow_from_directory get glob head is_dir is_file is_symlink "
    "iterdir load load_model load_weights load_word2vec_format mkdir open options patch post put read read_bytes read_text "
    "rename render replace request rglob rmdir save save_model save_to_disk save_weights savefig sink_csv sink_parquet "
    "stat to_csv to_excel to_feather to_file to_hdf to_html to_json to_latex to_markdown to_netcdf to_orc to_parquet "
    "to_pickle to_stata to_string to_xml to_zarr tofile touch unlink write write_bytes write_csv write_excel write_html "
    "write_image write_ipc write_json write_ndjson write_parquet write_text".split()
)
# Of functions and classes, with the methods: whatever has another name reads and writes nothing that it is told.
FILE_NAMES = FILE_METHODS.union(
    "Audio CIFAR10 CIFAR100 CSVLogger CelebA Dataset EMNIST ExcelFile ExcelWriter FashionMNIST File FileHandler "
    "FileLink Flowers102 GFile HDFStore Image ImageFolder KMNIST MNIST ModelCheckpoint ParquetFile PdfFileReader "
    "STL10 SVHN TarFile TensorBoard Video VideoCapture VideoWriter ZipFile access chdir connect copy copy2 copyfile "
    "copytree dcmread disk_usage download dump_svmlight_file export_graphviz fileConfig fromfile fromregex genfromtxt "
    "get_file getatime getctime getmtime getsize iglob image_dataset_from_directory imread imsave imwrite isdir "
    "isfile islink listdir load_dataarray load_dataset load_dotenv load_files load_from_disk load_img load_npz "
    "load_state_dict_from_url load_svmlight_file load_workbook loadarff loadmat loadtxt make_archive makedirs memmap "
    "mimsave mmread mmwrite move open_dataarray open_dataset open_mfdataset open_zarr output_file parse plot "
    "plot_model rc_file read_adjlist read_avro read_csv read_edgelist read_excel read_feather read_file read_fwf "
    "read_gexf read_gml read_gpickle read_graphml read_hdf read_html read_image read_ipc read_json read_ndjson "
    "read_orc read_parquet read_pickle read_sas read_spss read_stata read_table read_weighted_edgelist read_xml "
    "readsav remove removedirs rmtree save_image save_img save_npz savemat savetxt savez savez_compressed scan_csv "
    "scan_ipc scan_ndjson scan_parquet scandir text_dataset_from_directory unpack_archive urlopen urlretrieve walk "
    "write_adjlist write_edgelist write_feather write_file write_gexf write_gml write_gpickle write_graphml "
    "write_table".split()
)
