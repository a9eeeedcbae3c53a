"""tensorflow, without the keras inside it."""

from nb2prod.catalogue._function import (
    BOOL,
    FILES,
    OPTIONS,
    PURE,
    RANDOM,
    SEED,
    Function,
    bases,
    properties,
    table,
)

TENSOR = "tensorflow.Tensor"
DATA = "tensorflow.data.Dataset"
MAKES = Function(TENSOR, pure=True)
SET = Function(DATA, role="load", pure=True)

ENTRIES = table(
    ("tensorflow", "constant convert_to_tensor zeros ones fill range linspace eye zeros_like ones_like cast", MAKES),
    (
        "tensorflow",
        "concat stack reshape transpose expand_dims squeeze matmul reduce_mean reduce_sum reduce_max",
        MAKES,
    ),
    (
        "tensorflow",
        "reduce_min argmax argmin one_hot where gather square sqrt exp abs add subtract multiply divide",
        MAKES,
    ),
    ("tensorflow", "split unstack shape size rank", PURE),
    ("tensorflow", "is_tensor", BOOL),
    (
        "tensorflow.random",
        "normal uniform truncated_normal categorical shuffle",
        Function(TENSOR, effects=RANDOM, seed="seed"),
    ),
    ("tensorflow.random", "set_seed", Function("None", effects=SEED, role="setup", seed="seed", seed_at=0)),
    ("tensorflow.math", "log sigmoid exp sqrt reduce_mean reduce_sum argmax confusion_matrix", MAKES),
    ("tensorflow.nn", "relu softmax sigmoid", MAKES),
    (DATA, "from_tensor_slices from_tensors from_generator range list_files", SET),
    (DATA, "map filter", Function(DATA, role="transform")),
    (DATA, "batch repeat prefetch cache take skip zip concatenate", Function(DATA, role="transform", pure=True)),
    (DATA, "shuffle", Function(DATA, role="transform", effects=RANDOM, seed="seed", seed_at=1)),
    (DATA, "as_numpy_iterator", PURE),
    ("tensorflow.io", "read_file", Function(TENSOR, reads=(0, "filename"), role="load")),
    ("tensorflow.io", "write_file", Function(writes=(0, "filename"), role="export")),
    ("tensorflow.io", "decode_image decode_jpeg decode_png", MAKES),
    ("tensorflow.io.gfile", "GFile", Function(reads=(0, "name"), writes=(0, "name"))),
    ("tensorflow.io.gfile", "exists", Function("bool", reads=(0, "path"), effects=FILES)),
    ("tensorflow.image", "resize rgb_to_grayscale flip_left_right", MAKES),
    ("tensorflow.saved_model", "save", Function("None", writes=(1, "export_dir"), role="export")),
    ("tensorflow.saved_model", "load", Function(reads=(0, "export_dir"), role="load")),
    ("tensorflow.config", "list_physical_devices", Function("list[Any]", pure=True)),
    ("tensorflow.config.experimental", "set_memory_growth", Function("None", effects=OPTIONS, role="setup")),
    ("tensorflow.compat.v1", "disable_eager_execution", Function("None", effects=OPTIONS, role="setup")),
    ("tensorflow.compat.v1", "set_random_seed", Function("None", effects=SEED, role="setup", seed="seed", seed_at=0)),
    (TENSOR, "numpy", Function("numpy.ndarray", pure=True)),
    ("tensorflow.Variable", "assign assign_add assign_sub", Function(mutates=True)),
    ("tensorflow", "function", PURE),
)

PROPERTIES = properties((TENSOR, "shape dtype", "Any"), ("tensorflow", "__version__", "str"))

BASES = bases(("tensorflow", "Tensor Variable GradientTape", ""), ("tensorflow.data", "Dataset", ""))
