"""Digests of numpy arrays and scalars, scipy's sparse matrices, random generators, torch and tensorflow tensors."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from .node import Buffer, Node, Streams, float_node, mix
from .values import Digester, kind_of, module, short

BYTES = "biuSUmMV"


def arrays(value: Any, digester: Digester) -> Node | None:
    """Numpy's own kinds."""
    numpy = module("numpy")
    if numpy is None:
        return None
    if isinstance(value, numpy.ma.MaskedArray):
        return _masked(value, digester, numpy)
    if isinstance(value, numpy.ndarray):
        return array(value, digester, numpy, kind_of(value))
    if isinstance(value, numpy.generic):
        node = array(numpy.asarray(value), digester, numpy, kind_of(value))
        node.text = f"{kind_of(value)}({node.text.partition(': ')[2].strip('[]')})"
        return node
    if isinstance(value, numpy.dtype):
        return Node("dtype", repr(value).encode(), text=short(value))
    if isinstance(value, numpy.random.Generator):
        return Node("Generator", b"", [("state", digester.digest(value.bit_generator.state))], "Generator")
    if value is getattr(numpy.random.mtrand, "_rand", None):
        # the one that all share: unseeded, it has another state in every process, whoever holds it
        return Node("RandomState", b"shared", text="the shared RandomState")
    if isinstance(value, numpy.random.RandomState):
        return Node("RandomState", b"", [("state", digester.digest(value.get_state(legacy=False)))], "RandomState")
    return None


def array(value: Any, digester: Digester, numpy: ModuleType, kind: str) -> Node:
    """An array: dtype, shape, and its elements in C order."""
    own = f"{value.dtype.str} {value.shape}".encode()
    text = "" if digester.deep else f"{kind} {value.dtype} {value.shape}: {_first(value)}"
    label = f"{kind}[{value.dtype.str}]"
    if value.dtype.names:
        parts = [(f"[{name!r}]", array(value[name], digester, numpy, "ndarray")) for name in value.dtype.names]
        return Node(label, own, parts, text)
    if value.dtype.kind == "c":
        plain = numpy.ascontiguousarray(value, dtype=numpy.complex128).reshape(-1).view(numpy.float64)
        return float_node(label, own, streams(plain, digester.shift, numpy), text, digester.chunks)
    if value.dtype.kind == "f":
        return float_node(label, own, streams(value, digester.shift, numpy), text, digester.chunks)
    if value.dtype.kind in BYTES:
        return Node(label, mix(own, _bytes(value, numpy)), _shown(value, digester), text)
    return digester.sequence(label, value.ravel().tolist(), text, own)


def _bytes(value: Any, numpy: ModuleType) -> Buffer:
    flat = numpy.ascontiguousarray(value).reshape(-1)
    return memoryview(flat.view("u1")) if flat.size and flat.dtype.itemsize else flat.tobytes()


def _shown(value: Any, digester: Digester) -> list[tuple[str, Node]]:
    """The elements of a small array, to say which differ; they are in the hash already."""
    if digester.deep or value.size > 40 or value.dtype.kind in "VmM":
        return []
    return [(f"[{number}]", digester.digest(item)) for number, item in enumerate(value.ravel().tolist())]


def _first(value: Any) -> str:
    try:
        return short(value.ravel()[:6].tolist()) if value.dtype.kind in "biufcSUM" else ""
    except Exception:
        return ""


def streams(value: Any, shift: int, numpy: ModuleType) -> Streams:
    """The exact bytes of floats (every NaN the same) and their places on the two grids; copied only if need be."""
    flat = numpy.ascontiguousarray(value, dtype=numpy.float64).reshape(-1)
    gaps = numpy.isnan(flat)
    if gaps.any():
        flat = numpy.where(gaps, numpy.nan, flat)
    if not shift:
        return memoryview(flat).cast("B"), b"", b""
    words = flat.view(numpy.int64)
    half = numpy.int64(1 << (shift - 1))
    return flat.tobytes(), (words >> shift).tobytes(), ((words + half) >> shift).tobytes()


def _masked(value: Any, digester: Digester, numpy: ModuleType) -> Node:
    mask = numpy.ma.getmaskarray(value)
    shown = numpy.where(mask, numpy.zeros((), dtype=value.dtype), value.data)
    parts = [("values", array(shown, digester, numpy, "ndarray")), ("mask", array(mask, digester, numpy, "ndarray"))]
    parts.append((".fill_value", digester.digest(value.fill_value)))
    return Node(kind_of(value), b"", parts, f"{kind_of(value)} {value.dtype} {value.shape}")


def sparse(value: Any, digester: Digester) -> Node | None:
    """Scipy's sparse matrices: format, shape, and the entries in a canonical order."""
    scipy = module("scipy.sparse")
    numpy = module("numpy")
    if scipy is None or numpy is None or not scipy.issparse(value):
        return None
    rows = value.tocoo(copy=True)
    rows.sum_duplicates()
    order = (
        numpy.lexsort(tuple(reversed(rows.coords))) if hasattr(rows, "coords") else numpy.lexsort((rows.col, rows.row))
    )
    coordinates = rows.coords if hasattr(rows, "coords") else (rows.row, rows.col)
    parts = [
        (f"axis {n}", array(axis[order].astype("int64"), digester, numpy, "ndarray"))
        for n, axis in enumerate(coordinates)
    ]
    parts.append(("data", array(rows.data[order], digester, numpy, "ndarray")))
    text = f"{kind_of(value)} {value.dtype} {value.shape}, {value.nnz} stored"
    return Node(kind_of(value), f"{value.dtype.str} {value.shape}".encode(), parts, text)


def tensors(value: Any, digester: Digester) -> Node | None:
    """Tensors and modules of torch, tensors and models of tensorflow and keras."""
    torch, numpy = module("torch"), module("numpy")
    if numpy is None:
        return None
    if type(value).__module__.partition(".")[0] in {"tensorflow", "keras"}:
        return _of_keras(value, digester)
    return _of_torch(value, digester, torch, numpy) if torch is not None else None


def _of_torch(value: Any, digester: Digester, torch: Any, numpy: ModuleType) -> Node | None:
    if isinstance(value, torch.Tensor):
        dense = value.detach().cpu()
        plain = dense.to_dense() if dense.is_sparse else dense
        held = plain.float() if str(plain.dtype) == "torch.bfloat16" else plain
        own = f"{value.dtype} {value.requires_grad} {value.device.type}".encode()
        parts = [("values", array(held.numpy(), digester, numpy, "ndarray"))]
        if value.is_leaf and value.grad is not None:
            parts.append((".grad", digester.digest(value.grad)))
        return Node(kind_of(value), own, parts, short(value))
    if isinstance(value, torch.Generator):
        return Node("Generator", b"", [("state", digester.digest(value.get_state()))], "torch.Generator")
    if isinstance(value, torch.nn.Module):
        parts = [(name, digester.digest(part)) for name, part in value.state_dict().items()]
        return Node(kind_of(value), f"{value!r} {value.training}".encode(), parts, kind_of(value))
    return None


def _of_keras(value: Any, digester: Digester) -> Node | None:
    """Models first: with torch behind keras they are modules of torch as well."""
    if hasattr(value, "get_weights") and hasattr(value, "get_config"):
        parts = [(f"weight {n}", digester.digest(part)) for n, part in enumerate(value.get_weights())]
        parts.append(("config", digester.digest(value.get_config())))
        if hasattr(value, "get_compile_config"):
            parts.append(("compiled", digester.digest(value.get_compile_config())))
        return Node(kind_of(value), b"", parts, kind_of(value))
    if hasattr(value, "numpy"):
        parts = [("values", digester.digest(value.numpy()))]
        return Node(kind_of(value), str(value.dtype).encode(), parts, short(value))
    return None
