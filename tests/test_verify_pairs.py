"""Wrong pairs: two values that some tool calls equal. Verify must see each; and it must call a value equal to itself.

The list is the promise: (name, what it needs, code of the notebook's value, code of the other value). Both bind `x`.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nb2prod.model.evidence import Value
from nb2prod.trace.loading import value_of
from nb2prod.trace.tracer.records import make_digester
from nb2prod.verify.values import match

os.environ.setdefault("KERAS_BACKEND", "torch")
PANDAS = "import pandas as pd, numpy as np; f = pd.DataFrame({'a': [1.0, 2.0, 3.0], 'b': ['x', 'y', 'z']})\n"
NUMPY = "import numpy as np\n"
SKLEARN = (
    "import numpy as np; from sklearn.linear_model import LogisticRegression as L; from sklearn.ensemble import RandomForestClassifier as R;"
    " X = np.arange(40.0).reshape(20, 2) % 7; y = np.arange(20) % 2\n"
)
POLARS = "import polars as pl; f = pl.DataFrame({'a': [1, 2, 3], 'b': ['x', 'y', 'z']})\n"
STATS = (
    "import numpy as np, statsmodels.api as sm; y = np.sin(np.arange(30.0)); X = sm.add_constant(np.arange(30.0) % 7)\n"
)
TORCH = "import torch\n"
KERAS = (
    "import keras\n"
    "def model(seed):\n    keras.utils.set_random_seed(seed); return keras.Sequential([keras.Input((2,), name='i'), keras.layers.Dense(1, name='d')], name='m')\n"
)
CLASS = "class P:\n    def __init__(self, v): self.v = v\n    def __eq__(self, other): return True\n"
SLOTS = "class S:\n    __slots__ = ('v', '__w')\n    def __init__(self, v, w): self.v = v; self.__w = w\n"
PAIRS = [
    ("int-and-float", "", "x = 1", "x = 1.0"),
    ("bool-and-int", "", "x = True", "x = 1"),
    ("signed-zero", "", "x = 0.0", "x = -0.0"),
    ("none-and-nan", "", "x = None", "x = float('nan')"),
    ("text-and-number", "", "x = ['1']", "x = [1]"),
    ("bytes-and-text", "", "x = b'a'", "x = 'a'"),
    ("list-and-tuple", "", "x = [1, 2]", "x = (1, 2)"),
    ("order-of-a-list", "", "x = [1, 2]", "x = [2, 1]"),
    ("order-of-a-dict", "", "x = {'a': 1, 'b': 2}", "x = {'b': 2, 'a': 1}"),
    ("kind-of-a-dict", "", "from collections import OrderedDict; x = OrderedDict(a=1)", "x = dict(a=1)"),
    ("default-of-a-dict", "", "from collections import defaultdict; x = defaultdict(list)", "from collections import defaultdict; x = defaultdict(int)"),
    ("set-and-frozenset", "", "x = {1}", "x = frozenset({1})"),
    ("member-of-a-set", "", "x = {'a', 'b'}", "x = {'a', 'c'}"),
    ("deep-in-a-structure", "", "x = {'a': [{'b': (1, [2.0])}]}", "x = {'a': [{'b': (1, [2.5])}]}"),
    ("a-float-beyond-the-tolerance", "", "x = 1.0", "x = 1.0 + 1e-8"),
    ("one-of-many-floats", "", "x = [float(n) for n in range(5000)]", "x = [float(n) for n in range(4999)] + [4999.1]"),
    ("a-lying-equality", "", CLASS + "x = P(1)", CLASS + "x = P(2)"),
    ("a-slot", "", SLOTS + "x = S(1, 2)", SLOTS + "x = S(1, 3)"),
    ("a-dataclass", "", "import dataclasses; D = dataclasses.make_dataclass('D', ['a']); x = D(1)", "import dataclasses; D = dataclasses.make_dataclass('D', ['a']); x = D(2)"),
    ("name-of-a-class", "", "class A: pass\nx = A()", "class B: pass\nx = B()"),
    ("decimal-places", "", "from decimal import Decimal; x = Decimal('1.0')", "from decimal import Decimal; x = Decimal('1.00')"),
    ("a-time-zone", "", "import datetime as d; x = d.datetime(2024, 1, 1)", "import datetime as d; x = d.datetime(2024, 1, 1, tzinfo=d.timezone.utc)"),
    ("fold-of-an-hour", "", "import datetime as d; x = d.datetime(2024, 1, 1)", "import datetime as d; x = d.datetime(2024, 1, 1, fold=1)"),
    ("an-enum-member", "", "import enum; E = enum.Enum('E', 'a b'); x = E.a", "import enum; E = enum.Enum('E', 'a b'); x = E.b"),
    ("state-of-a-generator", "", "import random; x = random.Random(1)", "import random; x = random.Random(1); x.random()"),
    ("state-of-an-iterator", "", "x = iter([1, 2, 3])", "x = iter([1, 2, 3]); next(x)"),
    ("length-of-a-deque", "", "from collections import deque; x = deque([1], maxlen=2)", "from collections import deque; x = deque([1])"),
    ("arguments-of-an-error", "", "x = ValueError(1)", "x = ValueError(2)"),
    ("arguments-of-a-partial", "", "from functools import partial; x = partial(int, base=2)", "from functools import partial; x = partial(int, base=8)"),
    ("a-cycle", "", "x = [1]; x.append(x)", "x = [1]; x.append([1, x])"),
    ("a-pattern", "", "import re; x = re.compile('a')", "import re; x = re.compile('a', re.I)"),
    ("dtype-of-an-array", "numpy", NUMPY + "x = np.array([1, 2])", NUMPY + "x = np.array([1, 2], dtype='int32')"),
    ("shape-of-an-array", "numpy", NUMPY + "x = np.zeros((2, 3))", NUMPY + "x = np.zeros((3, 2))"),
    ("zero-in-an-array", "numpy", NUMPY + "x = np.array([0.0, 1])", NUMPY + "x = np.array([-0.0, 1])"),
    ("nan-in-an-array", "numpy", NUMPY + "x = np.array([0.0, 1])", NUMPY + "x = np.array([np.nan, 1])"),
    ("mask-of-an-array", "numpy", NUMPY + "x = np.ma.array([1, 2], mask=[0, 1])", NUMPY + "x = np.ma.array([1, 2], mask=[1, 0])"),
    ("objects-in-an-array", "numpy", NUMPY + "x = np.array([1, 'a'], dtype=object)", NUMPY + "x = np.array(['1', 'a'], dtype=object)"),
    ("unit-of-time", "numpy", NUMPY + "x = np.array(['2024-01-01'], dtype='M8[D]')", NUMPY + "x = np.array(['2024-01-01'], dtype='M8[ns]')"),
    ("fields-of-an-array", "numpy", NUMPY + "x = np.array([(1, 2.0)], dtype='i4,f8')", NUMPY + "x = np.array([(1, 3.0)], dtype='i4,f8')"),
    ("scalar-and-float", "numpy", NUMPY + "x = np.float64(1)", "x = 1.0"),
    ("state-of-a-numpy-generator", "numpy", NUMPY + "x = np.random.default_rng(0)", NUMPY + "x = np.random.default_rng(0); x.random()"),
    ("dtype-of-a-column", "pandas", PANDAS + "x = f", PANDAS + "x = f.astype({'a': 'float32'})"),
    ("missing-becomes-zero", "pandas", PANDAS + "x = f.assign(a=[1, np.nan, 3])", PANDAS + "x = f.assign(a=[1.0, 0, 3])"),
    ("order-of-rows", "pandas", PANDAS + "x = f", PANDAS + "x = f.iloc[[1, 0, 2]]"),
    ("order-of-columns", "pandas", PANDAS + "x = f", PANDAS + "x = f[['b', 'a']]"),
    ("name-of-an-index", "pandas", PANDAS + "x = f.rename_axis('id')", PANDAS + "x = f"),
    ("index-after-a-filter", "pandas", PANDAS + "x = f[f.a > 1]", PANDAS + "x = f[f.a > 1].reset_index(drop=True)"),
    ("name-of-a-series", "pandas", PANDAS + "x = f['a']", PANDAS + "x = f['a'].rename(None)"),
    ("attrs-of-a-frame", "pandas", PANDAS + "x = f; x.attrs['unit'] = 'm'", PANDAS + "x = f"),
    ("order-of-categories", "pandas", PANDAS + "x = pd.Categorical(['a', 'b'], ['a', 'b'], ordered=True)", PANDAS + "x = pd.Categorical(['a', 'b'], ['b', 'a'], ordered=True)"),
    ("ordered-categories", "pandas", PANDAS + "x = pd.Series(['a', 'b'], dtype='category')", PANDAS + "x = pd.Series(pd.Categorical(['a', 'b'], ordered=True))"),
    ("unused-category", "pandas", PANDAS + "x = pd.Series(['a'], dtype=pd.CategoricalDtype(['a', 'b']))", PANDAS + "x = pd.Series(['a'], dtype='category')"),
    ("objects-in-a-column", "pandas", PANDAS + "x = pd.Series([1, '2'], dtype=object)", PANDAS + "x = pd.Series(['1', '2'], dtype=object)"),
    ("none-and-nan-in-a-column", "pandas", PANDAS + "x = pd.Series(['a', None], dtype=object)", PANDAS + "x = pd.Series(['a', np.nan], dtype=object)"),
    ("time-zone-of-a-column", "pandas", PANDAS + "x = pd.Series(pd.to_datetime(['2024-01-01']))", PANDAS + "x = pd.Series(pd.to_datetime(['2024-01-01'], utc=True))"),
    ("frequency-of-an-index", "pandas", PANDAS + "x = pd.date_range('2024', periods=3)", PANDAS + "x = pd.DatetimeIndex(list(pd.date_range('2024', periods=3)))"),
    ("nullable-integers", "pandas", PANDAS + "x = pd.Series([1, 2], dtype='Int64')", PANDAS + "x = pd.Series([1, 2])"),
    ("sparse-column", "pandas", PANDAS + "x = pd.Series(pd.arrays.SparseArray([0, 1]))", PANDAS + "x = pd.Series([0, 1])"),
    ("fill-of-a-sparse-column", "pandas", PANDAS + "x = pd.arrays.SparseArray([0, 1], fill_value=0)", PANDAS + "x = pd.arrays.SparseArray([0, 1], fill_value=1)"),
    ("levels-of-an-index", "pandas", PANDAS + "x = f.set_index(['a', 'b'])", PANDAS + "x = f.set_index(['b', 'a'])"),
    ("closed-side-of-intervals", "pandas", PANDAS + "x = pd.interval_range(0, 2)", PANDAS + "x = pd.interval_range(0, 2, closed='left')"),
    ("zero-in-a-column", "pandas", PANDAS + "x = pd.Series([0.0])", PANDAS + "x = pd.Series([-0.0])"),
    ("key-of-a-grouping", "pandas", PANDAS + "x = f.groupby('a')", PANDAS + "x = f.groupby('b')"),
    ("sparse-matrix-times-five", "scipy", "import scipy.sparse as s; x = s.csr_matrix([[0, 1.0]])", "import scipy.sparse as s; x = s.csr_matrix([[0, 5.0]])"),
    ("format-of-a-sparse-matrix", "scipy", "import scipy.sparse as s; x = s.csr_matrix([[0, 1.0]])", "import scipy.sparse as s; x = s.csc_matrix([[0, 1.0]])"),
    ("parameter-of-an-estimator", "sklearn", SKLEARN + "x = L(C=1.0)", SKLEARN + "x = L(C=2.0)"),
    ("fitted-or-not", "sklearn", SKLEARN + "x = L().fit(X, y)", SKLEARN + "x = L()"),
    ("fitted-on-less", "sklearn", SKLEARN + "x = L().fit(X, y)", SKLEARN + "x = L().fit(X[:-3], y[:-3])"),
    ("seed-of-a-forest", "sklearn", SKLEARN + "x = R(5, random_state=0).fit(X, y)", SKLEARN + "x = R(5, random_state=0).fit(X, 1 - y)"),
    ("line-of-a-plot", "matplotlib", "from matplotlib.figure import Figure; x = Figure(); x.subplots().plot([1, 2])", "from matplotlib.figure import Figure; x = Figure(); x.subplots().plot([1, 3])"),
    ("label-of-an-axis", "matplotlib", "from matplotlib.figure import Figure; x = Figure(); x.subplots().set_xlabel('a')", "from matplotlib.figure import Figure; x = Figure(); x.subplots().set_xlabel('b')"),
    ("polars-dtype", "polars", "import polars as pl; x = pl.DataFrame({'a': [1]})", "import polars as pl; x = pl.DataFrame({'a': [1]}, schema={'a': pl.Int32})"),
    ("tensor-values", "torch", "import torch; x = torch.tensor([1.0])", "import torch; x = torch.tensor([2.0])"),
    ("null-and-nan-in-polars", "polars", POLARS + "x = pl.Series('a', [1.0, None])", POLARS + "x = pl.Series('a', [1.0, float('nan')])"),
    ("order-of-polars-rows", "polars", POLARS + "x = f", POLARS + "x = f.reverse()"),
    ("order-of-polars-columns", "polars", POLARS + "x = f", POLARS + "x = f.select('b', 'a')"),
    ("name-of-a-polars-series", "polars", POLARS + "x = f['a']", POLARS + "x = f['a'].alias('c')"),
    ("zero-in-polars", "polars", POLARS + "x = pl.Series([0.0])", POLARS + "x = pl.Series([-0.0])"),
    ("polars-enum", "polars", POLARS + "x = pl.Series(['a'], dtype=pl.Enum(['a', 'b']))", POLARS + "x = pl.Series(['a'], dtype=pl.Enum(['b', 'a']))"),
    ("polars-unit-of-time", "polars", POLARS + "import datetime as d; x = pl.Series([d.datetime(2024, 1, 1)], dtype=pl.Datetime('ms'))", POLARS + "import datetime as d; x = pl.Series([d.datetime(2024, 1, 1)], dtype=pl.Datetime('us'))"),
    ("polars-list", "polars", POLARS + "x = pl.Series([[1, 2]])", POLARS + "x = pl.Series([[2, 1]])"),
    ("a-polars-plan", "polars", POLARS + "x = f.lazy().filter(pl.col('a') > 1)", POLARS + "x = f.lazy().filter(pl.col('a') > 2)"),
    ("data-of-a-polars-plan", "polars", POLARS + "x = f.lazy().select('a')", POLARS + "x = f.reverse().lazy().select('a')"),
    ("dtype-of-a-sparse-matrix", "scipy", "import scipy.sparse as s; x = s.csr_matrix([[0, 1.0]])", "import scipy.sparse as s; x = s.csr_matrix([[0, 1]])"),
    ("shape-of-a-sparse-matrix", "scipy", "import scipy.sparse as s; x = s.csr_matrix((2, 3))", "import scipy.sparse as s; x = s.csr_matrix((3, 2))"),
    ("place-in-a-sparse-matrix", "scipy", "import scipy.sparse as s; x = s.csr_matrix([[0, 1.0]])", "import scipy.sparse as s; x = s.csr_matrix([[1.0, 0]])"),
    ("sparse-array-and-matrix", "scipy", "import scipy.sparse as s; x = s.csr_matrix([[0, 1.0]])", "import scipy.sparse as s; x = s.csr_array([[0, 1.0]])"),
    ("a-frozen-distribution", "scipy", "from scipy.stats import norm; x = norm(0, 1)", "from scipy.stats import norm; x = norm(0, 2)"),
    ("data-of-a-regression", "statsmodels", STATS + "x = sm.OLS(y, X).fit()", STATS + "x = sm.OLS(y[:-1], X[:-1]).fit()"),
    ("kind-of-a-regression", "statsmodels", STATS + "x = sm.OLS(y, X).fit()", STATS + "x = sm.WLS(y, X, weights=1 + y).fit()"),
    ("errors-of-a-regression", "statsmodels", STATS + "x = sm.OLS(y, X).fit()", STATS + "x = sm.OLS(y, X).fit(cov_type='HC1')"),
    ("order-of-a-forecast", "statsmodels", STATS + "from statsmodels.tsa.arima.model import ARIMA; x = ARIMA(y, order=(1, 0, 0)).fit()", STATS + "from statsmodels.tsa.arima.model import ARIMA; x = ARIMA(y, order=(2, 0, 0)).fit()"),
    ("dtype-of-a-tensor", "torch", TORCH + "x = torch.tensor([1.0])", TORCH + "x = torch.tensor([1.0], dtype=torch.float64)"),
    ("zero-in-a-tensor", "torch", TORCH + "x = torch.tensor([0.0])", TORCH + "x = torch.tensor([-0.0])"),
    ("shape-of-a-tensor", "torch", TORCH + "x = torch.zeros(2, 3)", TORCH + "x = torch.zeros(3, 2)"),
    ("half-a-tensor", "torch", TORCH + "x = torch.tensor([1.5], dtype=torch.bfloat16)", TORCH + "x = torch.tensor([2.5], dtype=torch.bfloat16)"),
    ("a-gradient-wanted", "torch", TORCH + "x = torch.tensor([1.0])", TORCH + "x = torch.tensor([1.0], requires_grad=True)"),
    ("a-gradient", "torch", TORCH + "x = torch.tensor([1.0], requires_grad=True); (2 * x).backward()", TORCH + "x = torch.tensor([1.0], requires_grad=True); (3 * x).backward()"),
    ("weights-of-a-network", "torch", TORCH + "torch.manual_seed(0); x = torch.nn.Linear(2, 1)", TORCH + "torch.manual_seed(1); x = torch.nn.Linear(2, 1)"),
    ("mode-of-a-network", "torch", TORCH + "torch.manual_seed(0); x = torch.nn.Linear(2, 1)", TORCH + "torch.manual_seed(0); x = torch.nn.Linear(2, 1).eval()"),
    ("rate-of-an-optimizer", "torch", TORCH + "x = torch.optim.SGD([torch.zeros(1)], lr=0.1)", TORCH + "x = torch.optim.SGD([torch.zeros(1)], lr=0.2)"),
    ("a-sparse-tensor", "torch", TORCH + "x = torch.tensor([[0, 1.0]]).to_sparse()", TORCH + "x = torch.tensor([[1.0, 0]]).to_sparse()"),
    ("weights-of-a-keras-model", "keras torch", KERAS + "x = model(0)", KERAS + "x = model(1)"),
    ("loss-of-a-keras-model", "keras torch", KERAS + "x = model(0); x.compile(keras.optimizers.SGD(name='s'), loss='mse')", KERAS + "x = model(0); x.compile(keras.optimizers.SGD(name='s'), loss='mae')"),
    ("tensorflow-values", "tensorflow", "import tensorflow as tf; x = tf.constant([1.0])", "import tensorflow as tf; x = tf.constant([2.0])"),
    ("date-and-time", "", "import datetime as d; x = d.date(2024, 1, 1)", "import datetime as d; x = d.datetime(2024, 1, 1)"),
    ("length-of-time", "", "import datetime as d; x = d.timedelta(hours=1)", "import datetime as d; x = d.timedelta(minutes=1)"),
    ("unit-of-a-timestamp", "pandas", PANDAS + "x = pd.Timestamp('2024-01-01').as_unit('s')", PANDAS + "x = pd.Timestamp('2024-01-01').as_unit('ns')"),
    ("zone-of-a-timestamp", "pandas", PANDAS + "x = pd.Timestamp('2024-01-01', tz='UTC')", PANDAS + "x = pd.Timestamp('2024-01-01', tz='Asia/Tokyo')"),
    ("length-of-a-period", "pandas", PANDAS + "x = pd.Period('2024-01', 'M')", PANDAS + "x = pd.Period('2024-01', 'D')"),
    ("unit-of-a-column", "pandas", PANDAS + "x = pd.Series(pd.to_datetime(['2024-01-01']).as_unit('s'))", PANDAS + "x = pd.Series(pd.to_datetime(['2024-01-01']).as_unit('ns'))"),
    ("lengths-of-time-in-a-column", "pandas", PANDAS + "x = pd.Series(pd.to_timedelta(['1h']))", PANDAS + "x = pd.Series(pd.to_timedelta(['1min']))"),
    ("missing-time", "pandas", PANDAS + "x = [pd.NaT]", PANDAS + "x = [pd.NA]"),
    ("a-frozen-dataclass", "", "import dataclasses as d\n@d.dataclass(frozen=True, slots=True)\nclass D:\n    a: int\n    b: list\nx = D(1, [2])", "import dataclasses as d\n@d.dataclass(frozen=True, slots=True)\nclass D:\n    a: int\n    b: list\nx = D(1, [3])"),
    ("a-named-tuple", "", "from collections import namedtuple; N = namedtuple('N', 'a b'); x = N(1, 2)", "from collections import namedtuple; N = namedtuple('N', 'b a'); x = N(1, 2)"),
    ("function-in-a-list", "", "x = [len]", "x = [max]"),
    ("module-in-a-list", "", "import math; x = [math]", "import cmath; x = [cmath]"),
    ("colour-of-a-bar", "matplotlib", "from matplotlib.figure import Figure; x = Figure(); x.subplots().bar([1], [2], color='red')", "from matplotlib.figure import Figure; x = Figure(); x.subplots().bar([1], [2], color='blue')"),
    ("scale-of-an-axis", "matplotlib", "from matplotlib.figure import Figure; x = Figure(); x.subplots().plot([1, 2])", "from matplotlib.figure import Figure; x = Figure(); a = x.subplots(); a.plot([1, 2]); a.set_yscale('log')"),
    ("pixels-of-an-image", "matplotlib", "from matplotlib.figure import Figure; x = Figure(); x.subplots().imshow([[1, 2]])", "from matplotlib.figure import Figure; x = Figure(); x.subplots().imshow([[2, 1]])"),
]  # fmt: skip
SAME = [
    ("floats-within-the-tolerance", "", "x = [0.1 + 0.2, 1.0]", "x = [0.3, 1.0]"),
    ("many-floats-within-the-tolerance", "numpy", NUMPY + "x = np.linspace(1, 2, 20001)", NUMPY + "x = np.linspace(1, 2, 20001) * (1 + 3e-16)"),
]  # fmt: skip
CLOSE_FRAME = ("", "pandas", PANDAS + "x = f.assign(a=[0.1 + 0.2, 1, 2])", PANDAS + "x = f.assign(a=[0.3, 1, 2])")


def digest(code: str, tolerance: float = 1e-9) -> Value:
    """The digest of `x` after some code, by way of JSON as in a real run; without tolerance as in its first pass."""
    namespace: dict[str, object] = {}
    exec(compile(code, "<pair>", "exec"), namespace)
    return value_of(json.loads(json.dumps(make_digester(tolerance)(namespace["x"]).json())))


def require(*names: str) -> None:
    """Skip if a library is not installed."""
    for name in filter(None, names):
        pytest.importorskip(name)


pairs = pytest.mark.parametrize(("name", "needs", "one", "other"), PAIRS, ids=[pair[0] for pair in PAIRS])


@pairs
def test_a_wrong_value_is_seen(name: str, needs: str, one: str, other: str) -> None:
    require(*needs.split())
    assert match(digest(one), digest(other)).outcome == "differs"
    assert digest(one, 0).exact != digest(other, 0).exact


@pairs
def test_a_value_equals_itself(name: str, needs: str, one: str, other: str) -> None:
    require(*needs.split())
    assert digest(one) == digest(one)
    assert digest(one, 0) == digest(one, 0)
    assert digest(one).unknown == 0


@pytest.mark.parametrize(("name", "needs", "one", "other"), [*SAME, CLOSE_FRAME])
def test_close_floats_are_close_and_not_equal(name: str, needs: str, one: str, other: str) -> None:
    require(*needs.split())
    assert match(digest(one), digest(other)).outcome == "close"


def test_the_list_is_as_long_as_promised() -> None:
    assert len(PAIRS) >= 50
    assert len({name for name, *_ in PAIRS}) == len(PAIRS)


def test_another_process_digests_the_same() -> None:
    """Another hash seed, another address space: the same digests."""
    usable = [pair for pair in PAIRS if all(map(importlib.util.find_spec, pair[1].split()))]
    code = (
        f"import json, sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from test_verify_pairs import PAIRS, digest\n"
        "print(json.dumps([digest(pair[2]).exact for pair in PAIRS if pair[0] in sys.argv]))"
    )
    command = [sys.executable, "-c", code, *(pair[0] for pair in usable)]
    found = [
        json.loads(
            subprocess.run(
                command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
            ).stdout.splitlines()[-1]
        )
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]
