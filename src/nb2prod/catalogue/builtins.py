"""The builtin functions and the methods of the builtin types; what has no module has no prefix."""

from nb2prod.catalogue._function import INPUT, PRINTS, PURE, Function, bases, properties, table

CHANGES = Function("None", mutates=True)
STR = Function("str", pure=True)
INT = Function("int", pure=True)
BOOL = Function("bool", pure=True)
STRINGS = Function("list[str]", pure=True)

ENTRIES = table(
    ("", "print", Function("None", effects=PRINTS)),
    ("", "input", Function("str", effects=INPUT)),
    ("", "help", Function("None", effects=PRINTS)),
    ("", "open", Function("typing.IO[Any]", reads=(0, "file"), writes=(0, "file"))),
    ("", "exit quit", Function("None", effects=frozenset({"exit"}))),
    ("", "breakpoint", Function("None", effects=INPUT)),
    ("", "len hash id ord", INT),
    ("", "repr ascii chr bin hex oct format", STR),
    ("", "isinstance issubclass callable hasattr all any", BOOL),
    ("", "sorted", Function("list[Any]", pure=True)),
    ("", "dir", STRINGS),
    ("", "abs", Function("first", pure=True)),
    ("", "sum min max pow divmod getattr vars iter round globals locals", PURE),
    ("", "next", Function(mutates=True)),
    ("", "setattr delattr", CHANGES),
    ("", "eval exec compile __import__", Function()),
    ("list", "append extend insert remove clear sort reverse", CHANGES),
    ("list", "pop", Function(mutates=True)),
    ("list", "index count", INT),
    ("list", "copy", Function("self", pure=True)),
    ("tuple", "index count", INT),
    ("dict", "update clear", CHANGES),
    ("dict", "pop popitem setdefault", Function(mutates=True)),
    ("dict", "get keys values items", PURE),
    ("dict", "copy", Function("self", pure=True)),
    ("dict", "fromkeys", Function("dict[Any, Any]", pure=True)),
    ("set", "add discard remove clear update intersection_update", CHANGES),
    ("set", "difference_update symmetric_difference_update", CHANGES),
    ("set", "pop", Function(mutates=True)),
    ("set", "union intersection difference symmetric_difference copy", Function("self", pure=True)),
    ("set", "issubset issuperset isdisjoint", BOOL),
    ("frozenset", "union intersection difference symmetric_difference copy", Function("self", pure=True)),
    ("frozenset", "issubset issuperset isdisjoint", BOOL),
    ("bytearray", "append extend insert remove clear reverse", CHANGES),
    ("str", "capitalize casefold center expandtabs format format_map join ljust lower lstrip", STR),
    ("str", "removeprefix removesuffix replace rjust rstrip strip swapcase title translate upper zfill", STR),
    ("str", "split rsplit splitlines", STRINGS),
    ("str", "partition rpartition", Function("tuple[str, str, str]", pure=True)),
    ("str", "count find index rfind rindex", INT),
    ("str", "endswith startswith isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric", BOOL),
    ("str", "isprintable isspace istitle isupper", BOOL),
    ("str", "encode", Function("bytes", pure=True)),
    ("str", "maketrans", Function("dict[int, Any]", pure=True)),
    ("bytes", "decode hex", STR),
    ("bytes", "fromhex", Function("bytes", pure=True)),
    ("int", "bit_length", INT),
    ("int", "to_bytes", Function("bytes", pure=True)),
    ("int", "from_bytes", INT),
    ("float", "is_integer", BOOL),
    ("float", "hex", STR),
    ("float", "as_integer_ratio", Function("tuple[int, int]", pure=True)),
)

PROPERTIES = properties(
    ("int", "real imag numerator denominator", "int"),
    ("float", "real imag", "float"),
    ("complex", "real imag", "float"),
    ("range", "start stop step", "int"),
)

BASES = bases(
    ("", "bool", "int"),
    ("", "int float complex str bytes bytearray list tuple dict set frozenset range slice object", ""),
    ("", "enumerate zip map filter reversed memoryview property super type", ""),
    ("", "BaseException", ""),
    ("", "Exception KeyboardInterrupt SystemExit GeneratorExit", "BaseException"),
    ("", "ArithmeticError AssertionError AttributeError EOFError ImportError LookupError NameError", "Exception"),
    ("", "OSError RuntimeError StopIteration SyntaxError TypeError ValueError Warning", "Exception"),
    ("", "IndexError KeyError", "LookupError"),
    ("", "FileExistsError FileNotFoundError PermissionError TimeoutError ConnectionError", "OSError"),
    ("", "ModuleNotFoundError", "ImportError"),
    ("", "OverflowError ZeroDivisionError", "ArithmeticError"),
    ("", "NotImplementedError RecursionError", "RuntimeError"),
    ("", "UnicodeDecodeError UnicodeEncodeError", "ValueError"),
    ("", "DeprecationWarning FutureWarning RuntimeWarning UserWarning", "Warning"),
)
