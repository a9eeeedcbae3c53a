import ast
import re
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short

PLACEHOLDER = pattern(
    r"<\s*(?:your|my|insert|enter|put|api|path|project|bucket|token|key|user|password|the)\b[^<>]{0,60}>"
    r"|(?:insert|enter|put|add|paste|fill|type)[ _-](?:in[ _-])?(?:your|the|api|path|key|token|name)\b.{0,60}"
    r"|your[ _-](?:\w+[ _-]?){1,5}|(?:\.{0,2}/)?path/to/.{1,100}|/path/to/?.{0,100}"
    r"|replace[ _-]?(?:me|this|with).{0,60}|change[_-]?me|todo|xxx+|x{4,}|(?:insert|put)[ _].{1,40}[ _]here",
    re.IGNORECASE,
)
# What a placeholder may begin with.
FIRST = frozenset("<./IEPAFTYRCXiepaftyrcx")
PROSE = frozenset(
    {"print", "format", "title", "xlabel", "ylabel", "input", "ArgumentParser", "add_argument", "Markdown", "HTML"}
)


class PlaceholderValue(Rule):
    """A value is a placeholder that was never filled in, or that everybody must fill in.

    The notebook fails, or worse, goes on with the placeholder.

    Make it a required parameter that fails at once if it is missing. `convert` makes a setting of it.
    """

    group = "manual"
    severity = "error"
    bad = """
# %%
API_KEY = "<YOUR API KEY>"  # [placeholder-value]
frame = read("path/to/data.csv")  # [placeholder-value]
client = connect(project="your-project-id")  # [placeholder-value]
"""
    good = """
# %%
pad = "[PAD]"
unknown = "<unk>"
print("your results")
text = "your results are below, have a look"
if key == "YOUR_KEY":
    raise ValueError
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A text that is assigned or passed and is nothing but a placeholder."""
        for text, node in context.texts:
            if not 3 <= len(text) <= 120 or text.lstrip()[:1] not in FIRST or not PLACEHOLDER.fullmatch(text.strip()):
                continue
            parent = context.parent(node)
            if isinstance(parent, (ast.keyword, ast.Call, ast.Assign, ast.Dict)) and not _prose(parent, context):
                fix = Convert("becomes a setting, to be filled in")
                yield context.finding(self, node, f"{short(text)} is a placeholder", fix=fix)


def _prose(parent: ast.AST, context: Context) -> bool:
    call = parent if isinstance(parent, ast.Call) else context.parent(parent)
    if not isinstance(call, ast.Call):
        return False
    return getattr(call.func, "attr", getattr(call.func, "id", "")) in PROSE
