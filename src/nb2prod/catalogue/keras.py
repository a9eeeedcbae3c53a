"""keras, also where it is reached as `tensorflow.keras`."""

from nb2prod.catalogue._function import (
    FILES,
    NETWORK,
    NOTHING,
    PRINTS,
    PURE,
    RANDOM,
    SEED,
    Function,
    bases,
    properties,
    table,
)

MODEL = "keras.Model"
LAYERS = (
    "Activation Add AveragePooling1D AveragePooling2D BatchNormalization Bidirectional Concatenate Conv1D Conv2D "
    "Conv2DTranspose Conv3D Dense DepthwiseConv2D Dot Dropout Embedding Flatten GRU GaussianNoise "
    "GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D LSTM Lambda "
    "LayerNormalization LeakyReLU "
    "Masking MaxPooling1D MaxPooling2D MultiHeadAttention Multiply Normalization PReLU Permute RNN ReLU RepeatVector "
    "Rescaling Reshape SeparableConv2D SimpleRNN Softmax SpatialDropout1D TextVectorization TimeDistributed "
    "UpSampling2D ZeroPadding2D RandomFlip RandomRotation RandomZoom Resizing"
)
APPLICATIONS = (
    "DenseNet121 EfficientNetB0 InceptionResNetV2 InceptionV3 MobileNet MobileNetV2 NASNetMobile ResNet50 ResNet50V2 "
    "ResNet101 VGG16 VGG19 Xception"
)
DATASETS = "mnist fashion_mnist cifar10 cifar100 imdb reuters california_housing boston_housing"
PAIRS = "tuple[tuple[numpy.ndarray, numpy.ndarray], tuple[numpy.ndarray, numpy.ndarray]]"
BUILDS = Function(role="train", pure=True)

ENTRIES = table(
    ("keras", "Sequential Model Input", BUILDS),
    ("keras.layers", f"Input {LAYERS}", BUILDS),
    ("keras.applications", APPLICATIONS, Function(MODEL, role="train", effects=NETWORK)),
    ("keras.models", "clone_model", Function(MODEL, role="train")),
    ("keras.models", "load_model", Function(MODEL, reads=(0, "filepath"), role="load")),
    ("keras.models", "save_model", Function("None", writes=(1, "filepath"), role="export")),
    ("keras.models", "model_from_json", Function(MODEL, role="load")),
    ("keras.saving", "load_model", Function(MODEL, reads=(0, "filepath"), role="load")),
    (MODEL, "compile", Function("None", role="train", mutates=True)),
    (MODEL, "fit", Function("keras.callbacks.History", role="train", effects=RANDOM | PRINTS, mutates=True)),
    (MODEL, "train_on_batch", Function(role="train", effects=RANDOM, mutates=True)),
    (MODEL, "predict", Function("numpy.ndarray", role="predict", effects=PRINTS)),
    (MODEL, "predict_on_batch", Function("numpy.ndarray", role="predict")),
    (
        MODEL,
        "evaluate",
        Function("float | list[float]", role="evaluate", effects=PRINTS, unless=((-1, "return_dict"),)),
    ),
    (MODEL, "summary", Function("None", effects=PRINTS)),
    (MODEL, "save export", Function("None", writes=(0, "filepath"), role="export")),
    (MODEL, "save_weights", Function("None", writes=(0, "filepath"), role="export")),
    (MODEL, "load_weights", Function("None", reads=(0, "filepath"), role="load", mutates=True)),
    (MODEL, "to_json", Function("str", pure=True)),
    (MODEL, "get_weights", Function("list[numpy.ndarray]", pure=True)),
    (MODEL, "set_weights", Function("None", mutates=True)),
    (MODEL, "get_layer get_config count_params", PURE),
    ("keras.Sequential", "add pop", Function(role="train", mutates=True)),
    ("keras.utils", "set_random_seed", Function("None", effects=SEED, role="setup", seed="seed", seed_at=0)),
    ("keras.utils", "plot_model", Function(writes=(1, "to_file"), role="plot")),
    ("keras.utils", "load_img", Function(reads=(0, "path"), role="load")),
    ("keras.utils", "save_img", Function("None", writes=(0, "path"), role="export")),
    (
        "keras.utils",
        "img_to_array to_categorical normalize pad_sequences",
        Function("numpy.ndarray", role="transform", pure=True),
    ),
    ("keras.utils", "get_file", Function("str", reads=(1, "origin"), role="load", effects=NETWORK | FILES)),
    (
        "keras.utils",
        "image_dataset_from_directory text_dataset_from_directory",
        Function("tensorflow.data.Dataset", reads=(0, "directory"), role="load", effects=RANDOM, seed="seed"),
    ),
    ("keras.preprocessing.image", "load_img", Function(reads=(0, "path"), role="load")),
    ("keras.preprocessing.image", "img_to_array", Function("numpy.ndarray", role="transform", pure=True)),
    ("keras.preprocessing.sequence", "pad_sequences", Function("numpy.ndarray", role="transform", pure=True)),
    *(
        (f"keras.datasets.{name}", "load_data", Function(PAIRS, role="load", effects=NETWORK))
        for name in DATASETS.split()
    ),
    ("keras.callbacks", "ModelCheckpoint", Function(writes=(0, "filepath"), role="train")),
    ("keras.callbacks", "TensorBoard", Function(writes=(0, "log_dir"), role="train")),
    ("keras.callbacks", "CSVLogger", Function(writes=(0, "filename"), role="train")),
    ("keras.callbacks", "EarlyStopping ReduceLROnPlateau LearningRateScheduler LambdaCallback", BUILDS),
    ("keras.backend", "clear_session", NOTHING),
    ("keras.optimizers", "Adam SGD RMSprop Adagrad Adadelta AdamW Nadam Adamax", BUILDS),
    (
        "keras.losses",
        "BinaryCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy MeanSquaredError",
        BUILDS,
    ),
    ("keras.losses", "MeanAbsoluteError Huber", BUILDS),
    ("keras.regularizers", "l1 l2 l1_l2", BUILDS),
)

PROPERTIES = properties(
    ("keras.callbacks.History", "history", "dict[str, list[float]]"),
    (MODEL, "layers", "list[Any]"),
    ("keras", "__version__", "str"),
)

BASES = bases(
    ("keras", "Model", ""),
    ("keras", "Sequential", MODEL),
    ("keras.layers", LAYERS, ""),
    ("keras.callbacks", "History ModelCheckpoint TensorBoard CSVLogger EarlyStopping ReduceLROnPlateau", ""),
    ("keras.callbacks", "LearningRateScheduler LambdaCallback Callback", ""),
    ("keras.optimizers", "Adam SGD RMSprop Adagrad Adadelta AdamW Nadam Adamax", ""),
)

ALIASES = {
    "keras.models.Sequential": "keras.Sequential",
    "keras.models.Model": "keras.Model",
    "keras.engine.sequential.Sequential": "keras.Sequential",
    "keras.src.models.sequential.Sequential": "keras.Sequential",
    "keras.src.models.model.Model": "keras.Model",
    "keras.src.models.functional.Functional": "keras.Model",
    "keras.engine.training.Model": "keras.Model",
    "keras.utils.np_utils": "keras.utils",
    "keras.layers.core": "keras.layers",
    "keras.layers.convolutional": "keras.layers",
}
