"""torch: tensors, modules and data."""

from nb2prod.catalogue._function import (
    BOOL,
    INT,
    NETWORK,
    NOTHING,
    OPTIONS,
    PURE,
    RANDOM,
    SEED,
    Function,
    bases,
    properties,
    table,
)

TENSOR = "torch.Tensor"
MODULE = "torch.nn.Module"
OPTIMIZER = "torch.optim.Optimizer"
MAKES = Function(TENSOR, pure=True)
PAIR = Function("tuple[torch.Tensor, torch.Tensor]", pure=True)
DRAWS = Function(TENSOR, effects=RANDOM)
SEEDS = Function(effects=SEED, role="setup", seed="seed", seed_at=0)
SAME = Function("self", mutates=True)
WEIGHTED = (
    "Linear Conv1d Conv2d Conv3d ConvTranspose2d Embedding EmbeddingBag RNN LSTM GRU Transformer "
    "TransformerEncoderLayer MultiheadAttention"
)
LAYERS = (
    "MaxPool1d MaxPool2d AvgPool2d AdaptiveAvgPool2d BatchNorm1d BatchNorm2d LayerNorm Dropout Dropout2d Flatten "
    "TransformerEncoder Identity ReLU LeakyReLU GELU ELU Sigmoid Tanh Softmax LogSoftmax Sequential ModuleList "
    "ModuleDict Upsample DataParallel"
)
LOSSES = (
    "CrossEntropyLoss NLLLoss BCELoss BCEWithLogitsLoss MSELoss L1Loss SmoothL1Loss HuberLoss KLDivLoss "
    "CosineEmbeddingLoss TripletMarginLoss MarginRankingLoss"
)
# Layers that make one tensor of one.
SINGLE = (
    "Linear Conv1d Conv2d Conv3d ConvTranspose2d Embedding MaxPool1d MaxPool2d AvgPool2d AdaptiveAvgPool2d BatchNorm1d "
    "BatchNorm2d LayerNorm Dropout Dropout2d Flatten ReLU LeakyReLU GELU ELU Sigmoid Tanh Softmax LogSoftmax Upsample"
)
OPTIMIZERS = "SGD Adam AdamW Adagrad Adadelta RMSprop LBFGS NAdam RAdam"
SCHEDULERS = "StepLR MultiStepLR ExponentialLR CosineAnnealingLR ReduceLROnPlateau OneCycleLR LambdaLR CyclicLR"

ENTRIES = table(
    (
        "torch",
        "tensor as_tensor from_numpy zeros ones full empty arange linspace logspace eye zeros_like ones_like",
        MAKES,
    ),
    ("torch", "full_like empty_like cat concat stack hstack vstack where clamp exp log sqrt abs sin cos tanh", MAKES),
    ("torch", "sigmoid relu softmax matmul mm bmm dot mul add sub div pow transpose reshape squeeze unsqueeze", MAKES),
    ("torch", "flatten argmax argmin cumsum round floor ceil sign tril triu einsum gather flip roll outer norm", MAKES),
    ("torch", "mean sum std var all any", MAKES),
    ("torch", "topk sort", PAIR),
    ("torch", "split chunk", Function("tuple[torch.Tensor, ...]", pure=True)),
    ("torch", "max min median", Function(TENSOR, pure=True, unless=((1, "dim"),))),
    ("torch", "unique nonzero", PURE),
    ("torch", "isnan isinf isfinite eq ne lt gt le ge", MAKES),
    ("torch", "rand randn randint randperm normal rand_like randn_like bernoulli multinomial", DRAWS),
    ("torch", "equal allclose is_tensor is_grad_enabled", BOOL),
    ("torch", "manual_seed", Function("torch.Generator", effects=SEED, role="setup", seed="seed", seed_at=0)),
    ("torch", "seed", Function("int", effects=SEED)),
    ("torch", "set_rng_state", Function("None", effects=SEED)),
    ("torch.cuda", "manual_seed manual_seed_all", SEEDS),
    ("torch.random", "manual_seed", SEEDS),
    ("torch.cuda", "is_available", BOOL),
    ("torch.cuda", "device_count current_device memory_allocated max_memory_allocated", INT),
    ("torch.cuda", "empty_cache synchronize", NOTHING),
    ("torch.cuda", "get_device_name", Function("str", pure=True)),
    ("torch", "load", Function(reads=(0, "f"), role="load")),
    ("torch", "save", Function("None", writes=(1, "f"), role="export")),
    ("torch.jit", "load", Function(reads=(0, "f"), role="load")),
    ("torch.jit", "save", Function("None", writes=(1, "f"), role="export")),
    ("torch.jit", "script trace", PURE),
    ("torch.onnx", "export", Function(writes=(2, "f"), role="export")),
    ("torch.hub", "load", Function(role="load", effects=NETWORK)),
    (
        "torch.hub",
        "load_state_dict_from_url",
        Function("dict[str, Any]", reads=(0, "url"), role="load", effects=NETWORK),
    ),
    (
        "torch",
        "set_default_dtype set_printoptions set_num_threads set_grad_enabled",
        Function(effects=OPTIONS, role="setup"),
    ),
    ("torch", "use_deterministic_algorithms", Function("None", effects=OPTIONS, role="setup")),
    ("torch", "no_grad inference_mode enable_grad", PURE),
    (TENSOR, "numpy", Function("numpy.ndarray", pure=True)),
    (TENSOR, "tolist", PURE),
    (TENSOR, "item", Function("float", pure=True)),
    (TENSOR, "size", Function("torch.Size", pure=True, unless=((0, "dim"),), otherwise="int")),
    (TENSOR, "dim numel", INT),
    (TENSOR, "cpu cuda detach clone to float double long int bool half view reshape permute transpose squeeze", MAKES),
    (TENSOR, "unsqueeze contiguous flatten expand repeat argmax argmin softmax exp log sqrt abs pow matmul mm", MAKES),
    (TENSOR, "sigmoid tanh relu clamp type eq t cumsum", MAKES),
    (TENSOR, "mean sum std var norm all any", MAKES),
    (TENSOR, "max min", Function(TENSOR, pure=True, unless=((0, "dim"),), otherwise=PAIR.returns)),
    (TENSOR, "topk sort", PAIR),
    (TENSOR, "unique", PURE),
    (TENSOR, "backward", Function("None", role="train", mutates=True)),
    (TENSOR, "zero_ fill_ copy_ add_ mul_ sub_ requires_grad_ clamp_", SAME),
    (TENSOR, "normal_ uniform_ random_", Function("self", effects=RANDOM, mutates=True)),
    (MODULE, "forward", Function(role="predict")),  # calling a module calls it
    (MODULE, "train eval to cuda cpu float double half apply requires_grad_", SAME),
    (MODULE, "parameters", Function("Iterator[torch.nn.Parameter]", pure=True)),
    (MODULE, "children modules", Function("Iterator[torch.nn.Module]", pure=True)),
    (MODULE, "state_dict", Function("dict[str, Any]", pure=True)),
    (MODULE, "named_parameters named_children named_modules", PURE),
    *((f"torch.nn.{name}", "__call__", Function(TENSOR, role="predict")) for name in f"{LOSSES} {SINGLE}".split()),
    (MODULE, "load_state_dict zero_grad register_buffer", Function(mutates=True)),
    ("torch.nn", f"{LOSSES} {LAYERS}", Function(role="train", pure=True)),
    ("torch.nn", WEIGHTED, Function(role="train", effects=RANDOM)),
    ("torch.nn.functional", "relu softmax log_softmax sigmoid tanh max_pool2d avg_pool2d linear conv2d one_hot", MAKES),
    ("torch.nn.functional", "cross_entropy nll_loss mse_loss binary_cross_entropy l1_loss normalize pad", MAKES),
    ("torch.nn.functional", "binary_cross_entropy_with_logits interpolate gelu cosine_similarity", MAKES),
    ("torch.nn.functional", "dropout", DRAWS),
    ("torch.nn.utils", "clip_grad_norm_ clip_grad_value_", Function(mutates=True)),
    (
        "torch.nn.init",
        "xavier_uniform_ xavier_normal_ kaiming_uniform_ kaiming_normal_ normal_ uniform_",
        Function(effects=RANDOM, mutates=True),
    ),
    ("torch.nn.init", "zeros_ ones_ constant_", Function(mutates=True)),
    ("torch.optim", OPTIMIZERS, Function(role="train", pure=True)),
    (OPTIMIZER, "step zero_grad load_state_dict add_param_group", Function(role="train", mutates=True)),
    (OPTIMIZER, "state_dict", Function("dict[str, Any]", pure=True)),
    ("torch.optim.lr_scheduler", SCHEDULERS, Function(role="train")),
    ("torch.optim.lr_scheduler.LRScheduler", "step", Function(role="train", mutates=True)),
    ("torch.utils.data", "DataLoader", Function(role="load", random_if="shuffle", seed="generator")),
    ("torch.utils.data", "random_split", Function(role="split", effects=RANDOM, seed="generator", seed_at=2)),
    ("torch.utils.data", "TensorDataset ConcatDataset Subset", Function(role="load", pure=True)),
    ("torch.autograd", "grad backward", Function()),
    ("torch.Generator", "manual_seed", Function("self", effects=SEED, mutates=True, seed="seed", seed_at=0)),
)

PROPERTIES = properties(
    (TENSOR, "shape", "torch.Size"),
    (TENSOR, "T data grad", TENSOR),
    (TENSOR, "ndim", "int"),
    (TENSOR, "requires_grad", "bool"),
    (TENSOR, "device", "torch.device"),
    (TENSOR, "dtype", "torch.dtype"),
    ("torch", "__version__", "str"),
)

BASES = bases(
    ("torch", "Tensor Generator device dtype Size", ""),
    ("torch.nn", "Module", ""),
    ("torch.nn", f"{LAYERS} {WEIGHTED} {LOSSES}", MODULE),
    ("torch.nn", "Parameter", TENSOR),
    ("torch.optim", "Optimizer", ""),
    ("torch.optim", OPTIMIZERS, OPTIMIZER),
    ("torch.optim.lr_scheduler", "LRScheduler", ""),
    ("torch.optim.lr_scheduler", SCHEDULERS, "torch.optim.lr_scheduler.LRScheduler"),
    ("torch.utils.data", "Dataset DataLoader", ""),
    ("torch.utils.data", "TensorDataset ConcatDataset Subset", "torch.utils.data.Dataset"),
)
