"""keras: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import PRINTS, PURE, RANDOM, Function, bases, table

MODEL = "keras.Model"
IMAGES = "keras.preprocessing.image.ImageDataGenerator"
TOKENIZER = "keras.preprocessing.text.Tokenizer"

ENTRIES = table(
    (MODEL, "fit_generator", Function("keras.callbacks.History", role="train", effects=RANDOM | PRINTS, mutates=True)),
    (MODEL, "predict_generator predict_classes predict_proba", Function("numpy.ndarray", role="predict", pure=True)),
    (MODEL, "evaluate_generator", Function(role="evaluate", effects=PRINTS)),
    (IMAGES, "flow_from_directory", Function(reads=(0, "directory"), role="load", effects=RANDOM, seed="seed")),
    (IMAGES, "flow flow_from_dataframe", Function(role="load", effects=RANDOM, seed="seed")),
    (IMAGES, "fit", Function("None", role="transform", mutates=True)),
    (TOKENIZER, "fit_on_texts", Function("None", role="transform", mutates=True)),
    (TOKENIZER, "texts_to_sequences sequences_to_texts", Function("list[Any]", role="transform", pure=True)),
    (TOKENIZER, "texts_to_matrix", Function("numpy.ndarray", role="transform", pure=True)),
    ("keras.preprocessing.text", "one_hot text_to_word_sequence", PURE),
    ("keras.layers", "CuDNNLSTM CuDNNGRU Convolution2D Convolution1D", Function(role="train", pure=True)),
)

BASES = bases(
    ("keras.preprocessing.image", "ImageDataGenerator", ""),
    ("keras.preprocessing.text", "Tokenizer", ""),
    ("keras.layers", "CuDNNLSTM CuDNNGRU Convolution2D Convolution1D", ""),
)
