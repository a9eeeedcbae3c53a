"""Names under which secrets are kept."""

import re

from nb2prod.model.patterns import pattern

NAME = pattern(
    r"(?:^|_)(?:password|passwd|pwd|passphrase|secret|token|api_?key|access_?key|auth_?key|secret_?key|private_?key|client_?secret|"
    r"subscription_?key|account_?key|credential)s?(?:_?(?:id|value|string|str))?$|^(?:aws|gcp|azure)_\w*key$",
    re.IGNORECASE,
)
# Tokens of language models and tokenizers are words, not secrets.
TOKENIZER = pattern(
    r"(?:pad|unk|oov|sep|cls|mask|bos|eos|start|end|stop|special|next|first|last|word|sub|new|image|split|sos|go|lemma|pos)_?\d*_?tokens?$"
    r"|tokeni[sz]er|token_(?:pattern|type|id|method|count)",
    re.IGNORECASE,
)


def names_secret(name: str) -> bool:
    """Whether what has this name is a secret; the same few thousand names are in all notebooks."""
    plain = name.replace("-", "_").replace(" ", "_")
    return NAME.search(plain) is not None and TOKENIZER.search(plain) is None
