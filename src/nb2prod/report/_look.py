"""How a report is to look."""

from nb2prod.model.frozen import dataclass

CODES = {"error": "31", "warning": "33", "info": "36", "bold": "1", "dim": "2", "blue": "34"}


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, for a terminal; whether fixes are described; the version that a report names."""

    colour: bool = False
    fixes: bool = False
    version: str = ""

    def paint(self, text: str, *styles: str) -> str:
        """The text in a style, if there are colours."""
        if not self.colour or not text:
            return text
        return f"\033[{';'.join(CODES[style] for style in styles)}m{text}\033[0m"
