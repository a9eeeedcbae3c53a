"""tensorflow 1: what newer releases no longer have and notebooks still call."""

from nb2prod.catalogue._function import PURE, RANDOM, SEED, Function, table

ENTRIES = table(
    ("tensorflow", "set_random_seed", Function("None", effects=SEED, role="setup", seed="seed", seed_at=0)),
    (
        "tensorflow",
        "random_normal random_uniform truncated_normal random_shuffle",
        Function(effects=RANDOM, seed="seed"),
    ),
    ("tensorflow", "placeholder get_variable global_variables_initializer variable_scope to_float", PURE),
    ("tensorflow", "Session InteractiveSession reset_default_graph", Function()),
)
