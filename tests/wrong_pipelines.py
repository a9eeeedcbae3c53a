"""Wrong pipelines, such as tools call equal, and identical ones, such as tools call different: verify must tell which is which.

`PAIRS` are values: (name, what it needs, code of the notebook's value, code of the other one); both bind `x`. `WRONG` are
whole runs: (name, what it needs, the notebook's cell, the project's code); `EQUAL` are cells that both sides run.
`python tests/wrong_pipelines.py` writes the list to docs/wrong-pipelines.md.
"""

from pathlib import Path

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
    ("one-list-in-two-places", "", "a = [1]; x = [a, a]", "x = [[1], [1]]"),
    ("one-list-under-two-keys", "", "a = []; x = {'a': a, 'b': {'c': a}}", "x = {'a': [], 'b': {'c': []}}"),
    ("part-of-a-complex-number", "", "x = complex(0.0, 0.0)", "x = complex(0.0, -0.0)"),
    ("none-and-nan-in-a-dict", "", "x = {'a': float('nan')}", "x = {'a': None}"),
    ("nothing-counted", "", "from collections import Counter; x = Counter(a=0)", "from collections import Counter; x = Counter()"),
    ("maps-of-a-chain", "", "from collections import ChainMap; x = ChainMap({'a': 1}, {'a': 2})", "from collections import ChainMap; x = ChainMap({'a': 1})"),
    ("path-and-text", "", "import pathlib; x = pathlib.Path('a')", "x = 'a'"),
    ("range-and-list", "", "x = range(3)", "x = [0, 1, 2]"),
    ("enum-member-and-number", "", "import enum; E = enum.IntEnum('E', 'a b'); x = E.a", "x = 1"),
    ("zones-of-one-hour", "", "import datetime as d; from zoneinfo import ZoneInfo; x = d.datetime(2024, 1, 1, tzinfo=ZoneInfo('UTC'))", "import datetime as d; x = d.datetime(2024, 1, 1, tzinfo=d.timezone.utc)"),
    ("width-of-a-number", "numpy", NUMPY + "x = np.int32(1)", NUMPY + "x = np.int64(1)"),
    ("numpy-truth", "numpy", NUMPY + "x = np.bool_(True)", "x = True"),
    ("order-of-bytes", "numpy", NUMPY + "x = np.array([1], dtype='>i8')", NUMPY + "x = np.array([1], dtype='<i8')"),
    ("kind-of-text-in-an-array", "numpy", NUMPY + "x = np.array(['a'])", NUMPY + "x = np.array(['a'], dtype=object)"),
    ("name-of-the-columns", "pandas", PANDAS + "x = f.rename_axis(columns='c')", PANDAS + "x = f"),
    ("width-of-an-index", "pandas", PANDAS + "x = pd.Series([1.0], index=pd.Index([0], dtype='int32'))", PANDAS + "x = pd.Series([1.0], index=pd.Index([0], dtype='int64'))"),
    ("kind-of-categories", "pandas", PANDAS + "x = pd.Categorical([1, 2])", PANDAS + "x = pd.Categorical(['1', '2'])"),
    ("object-and-string", "pandas", PANDAS + "x = pd.Series(['a'], dtype=object)", PANDAS + "x = pd.Series(['a'], dtype='string')"),
    ("nullable-truth", "pandas", PANDAS + "x = pd.Series([True], dtype='boolean')", PANDAS + "x = pd.Series([True])"),
    ("none-and-na-in-a-column", "pandas", PANDAS + "x = pd.Series([None, 1], dtype=object)", PANDAS + "x = pd.Series([pd.NA, 1], dtype=object)"),
    ("zones-of-one-instant", "pandas", PANDAS + "x = pd.to_datetime(['2024-01-01']).tz_localize('UTC')", PANDAS + "x = pd.to_datetime(['2024-01-01']).tz_localize('Europe/London')"),
    ("order-of-equal-names", "pandas", PANDAS + "x = pd.DataFrame([[1, 2]], columns=['a', 'a'])", PANDAS + "x = pd.DataFrame([[2, 1]], columns=['a', 'a'])"),
    ("names-of-levels", "pandas", PANDAS + "x = pd.MultiIndex.from_tuples([(1, 2)], names=['a', 'b'])", PANDAS + "x = pd.MultiIndex.from_tuples([(1, 2)], names=['b', 'a'])"),
    ("flags-of-a-frame", "pandas", PANDAS + "x = f", PANDAS + "x = f.set_flags(allows_duplicate_labels=False)"),
    ("a-stored-zero", "scipy", "import scipy.sparse as s; x = s.csr_matrix(([1.0, 0.0], ([0, 0], [0, 1])), (1, 2))", "import scipy.sparse as s; x = s.csr_matrix(([1.0], ([0], [0])), (1, 2))"),
    ("names-of-features", "sklearn pandas", SKLEARN + "import pandas as pd; x = L().fit(pd.DataFrame(X, columns=['a', 'b']), y)", SKLEARN + "x = L().fit(X, y)"),
    ("order-of-a-pipeline", "sklearn", SKLEARN + "from sklearn.pipeline import Pipeline; from sklearn.preprocessing import StandardScaler as S, MinMaxScaler as M; x = Pipeline([('a', S()), ('b', M())])", SKLEARN + "from sklearn.pipeline import Pipeline; from sklearn.preprocessing import StandardScaler as S, MinMaxScaler as M; x = Pipeline([('b', M()), ('a', S())])"),
    ("state-of-a-torch-generator", "torch", TORCH + "x = torch.Generator().manual_seed(0)", TORCH + "x = torch.Generator().manual_seed(1)"),
    ("colours-of-points", "matplotlib", "from matplotlib.figure import Figure; x = Figure(); x.subplots().scatter([1, 2], [3, 4], c=[0, 1])", "from matplotlib.figure import Figure; x = Figure(); x.subplots().scatter([1, 2], [3, 4], c=[1, 0])"),
    ("order-of-a-legend", "matplotlib", "from matplotlib.figure import Figure; x = Figure(); a = x.subplots(); a.plot([1], label='a'); a.plot([1], label='b'); a.legend()", "from matplotlib.figure import Figure; x = Figure(); a = x.subplots(); a.plot([1], label='a'); a.plot([1], label='b'); a.legend(['b', 'a'])"),
    ("dash-of-a-line", "matplotlib", "from matplotlib.figure import Figure; x = Figure(); x.subplots().plot([1, 2], '-')", "from matplotlib.figure import Figure; x = Figure(); x.subplots().plot([1, 2], '--')"),
]  # fmt: skip
FILES = "import os, pathlib\npathlib.Path('out.txt').write_text('1')"
CLASS = "class P:\n    def __init__(self, v): self.v = v\nmade = [P(1), P(2)]"
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title('t')"
# name, what it needs, the notebook's cell, the project's code
WRONG = [
    ("a-value", "", "x = 1", "x = 2"),
    ("a-displayed-value", "", "x = [1, 2]\nlen(x)", "x = [1, 2]\nlen(x) + 1"),
    ("a-displayed-pair", "", "x = [1, 2]\nlen(x), 5", "x = [1, 2]\nlen(x), 6 - len(x)"),
    (
        "a-logged-display",
        "",
        "x = [1, 2]\nlen(x)",
        "x = [1, 2]\n__import__('logging').getLogger('hand_made').debug('%s', len(x) + 1)",
    ),
    ("a-value-on-the-way", "", "x = [1]\ny = len(x)\nx = 0", "x = [1, 2]\ny = 1\nx = 1"),
    ("a-missing-variable", "", "x = 1\ny = 2", "x = 1"),
    ("printed-text", "", "print('total', 1)", "print('total', 2)"),
    ("a-space-at-the-end", "", "print('a ')", "print('a')"),
    ("order-of-lines", "", "print('a')\nprint('b')", "print('b')\nprint('a')"),
    ("one-more-line", "", "x = 1", "x = 1\nprint('more')"),
    ("text-of-a-child", "", "import os; s = os.system('echo one')", "import os; s = os.system('echo two')"),
    ("a-file", "", FILES, FILES.replace("'1'", "'2'")),
    ("a-file-left-behind", "", FILES, FILES + "\npathlib.Path('more.txt').touch()"),
    ("a-folder-left-behind", "", FILES, FILES + "\nos.mkdir('more')"),
    ("a-folder-not-made", "", "import os; os.mkdir('more')", "import os"),
    (
        "a-link-and-a-copy",
        "",
        FILES + "\nos.symlink('out.txt', 'l.txt')",
        FILES + "\npathlib.Path('l.txt').write_text('1')",
    ),
    ("a-program-and-a-text", "", FILES + "\nos.chmod('out.txt', 0o755)", FILES),
    (
        "a-file-in-another-folder",
        "",
        "import pathlib; pathlib.Path('out.txt').touch()",
        "import pathlib; pathlib.Path('a').mkdir(); pathlib.Path('a/out.txt').touch()",
    ),
    ("an-input-that-is-changed", "", "x = 1", "x = 1\nopen('data.csv', 'a').write(' ')"),
    ("a-line-less-often", "", "for n in range(3): print('a')", "for n in range(2): print('a')"),
    (
        "lines-of-two-streams",
        "",
        "import sys; print('a'); print('b', file=sys.stderr)",
        "import sys; print('a', file=sys.stderr); print('b')",
    ),
    (
        "a-level-that-hides",
        "",
        "import logging\nlogging.warning('a')",
        "import logging\nlogging.getLogger().setLevel('ERROR')\nlogging.warning('a')",
    ),
    ("one-list-under-two-names", "", "x = [1]\ny = {'a': x}\nz = y['a']", "x = [1]\ny = {'a': x}\nz = [1]"),
    ("a-file-not-written", "", FILES, "import os, pathlib"),
    ("a-file-removed", "", "x = 1", "x = 1\nimport os; os.remove('data.csv')"),
    ("a-copy-that-is-lost", "", "x = [1]\ny = x", "x = [1]\ny = [1]"),
    ("a-warning", "", "import warnings; warnings.warn('w')", "import warnings"),
    ("a-log-record", "", "import logging; logging.warning('a')", "import logging; logging.warning('b')"),
    ("a-level", "", "import logging; logging.error('a')", "import logging; logging.warning('a')"),
    ("one-more-record", "", "import logging", "import logging; logging.warning('b')"),
    ("standard-error", "", "import sys; print('a', file=sys.stderr)", "import sys; print('b', file=sys.stderr)"),
    ("an-error", "", "x = 1", "x = 1 / 0"),
    ("an-end", "", "x = 1", "import os; os._exit(0)"),
    ("a-class-of-the-notebook", "", CLASS, CLASS.replace("P(2)", "P(3)")),
    ("a-figure", "matplotlib", FIGURE, FIGURE.replace("2, 3", "3, 2")),
    ("a-title", "matplotlib", FIGURE, FIGURE.replace("'t'", "'u'")),
    (
        "order-of-figures",
        "matplotlib",
        FIGURE + "\nplt.show()\nplt.plot([5])\nplt.show()",
        "import matplotlib.pyplot as plt\nplt.plot([5])\nplt.close()\n" + FIGURE,
    ),
    ("no-figure", "matplotlib", FIGURE, "x = 1"),
]
EQUAL = [
    ("a-class-of-the-notebook", "", CLASS),
    ("a-logger", "", "import logging\nlog = logging.getLogger(__name__)\nlog.info('unheard')\nlog.warning('heard')"),
    ("a-configured-log", "", "import logging, sys\nlogging.basicConfig(level='INFO', stream=sys.stdout, format='%(name)s %(message)s')\nlogging.getLogger('a').info('told')"),
    ("a-display", "", "x = [1, 2]\nx.append(3)\nx.pop()\nlen(x), {'a': x}"),
    ("a-set", "", "names = {'a', 'b', 'c'}\nn = len(names)"),
    ("text-of-a-child", "", "import os; s = os.system('echo one')\nprint('two')"),
    ("a-cycle", "", "x = [1]\nx.append(x)"),
    ("a-pickled-class", "", CLASS + "\nimport pickle; pickle.dump(made, open('m.pkl', 'wb'))"),
    ("a-figure", "matplotlib", FIGURE),
    ("a-forest", "sklearn", "import numpy as np; from sklearn.ensemble import RandomForestClassifier as R\nm = R(5, random_state=0).fit(np.arange(40).reshape(20, 2) % 7, np.arange(20) % 2)"),
    ("a-frame", "pandas", "import pandas as pd\nf = pd.DataFrame({'a': [1.0, None], 'b': ['x', None]})\ng = f.groupby('b').sum()\nf.to_csv('f.csv')"),
]  # fmt: skip


def published() -> str:
    """The list for readers."""
    told = [
        "# Wrong pipelines",
        "",
        "What verify is held against; `tests/test_verify_pairs.py` and `tests/test_verify.py` run all of it. The wrong ones are those that",
        "tools call equal which compare by `==`, by `repr`, by values alone or at the end of a run alone; verify must see all",
        f"{len(PAIRS) + len(WRONG)}. Each identical one must be proven. Written by",
        "`python tests/wrong_pipelines.py`.",
        "",
        f"## Values: {len(PAIRS)} pairs",
        "",
        "Each of these values is also held against itself, in the same process and in others with other hash seeds, and found equal.",
        "",
        *(_row(name, one, other) for name, _, one, other in PAIRS),
        "",
        f"## Whole runs: {len(WRONG)} wrong projects",
        "",
        *(_row(name, cell, code) for name, _, cell, code in WRONG),
        "",
        f"## Identical code on both sides: {len(EQUAL)} runs",
        "",
        *(f"* {_words(name)}: {_code(cell)}" for name, _, cell in EQUAL),
    ]
    return "\n".join(told) + "\n"


def _row(name: str, one: str, other: str) -> str:
    return f"* {_words(name)}: {_code(one)} against {_code(other)}"


def _words(name: str) -> str:
    return name.replace("-", " ")


def _code(text: str) -> str:
    """Code on one line, without what only prepares it."""
    for preparation in (PANDAS, NUMPY, SKLEARN, POLARS, STATS, TORCH, KERAS):
        text = text.removeprefix(preparation)
    return f"`{text.strip().replace(chr(10), ' ⏎ ')}`"


if __name__ == "__main__":
    Path(__file__).parents[1].joinpath("docs", "wrong-pipelines.md").write_text(published(), encoding="utf-8")
