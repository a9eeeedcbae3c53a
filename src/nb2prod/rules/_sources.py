"""The text of the cells, line by line: split once, however many findings quote it."""

from nb2prod.model import Cell
from nb2prod.rules._comments import Comment, comments_in


class Sources:
    """The lines and comments of the cells of one notebook."""

    def __init__(self) -> None:
        """Nothing is split yet."""
        self._masked: dict[int, list[str]] = {}
        self._written: dict[int, list[str]] = {}
        self._comments: dict[int, dict[int, Comment]] = {}
        self._shifts: dict[int, dict[int, int]] = {}

    def masked(self, cell: Cell) -> list[str]:
        """The lines of a cell as the parser saw them."""
        if cell.index not in self._masked:
            self._masked[cell.index] = cell.python.split("\n")
        return self._masked[cell.index]

    def written(self, cell: Cell) -> list[str]:
        """The lines of a cell as the author wrote them."""
        if cell.index not in self._written:
            self._written[cell.index] = cell.source.split("\n")
        return self._written[cell.index]

    def comments(self, cell: Cell) -> dict[int, Comment]:
        """The comments of a code cell that parses, by line."""
        if cell.index not in self._comments:
            parsed = "#" in cell.python and cell.problem is None
            self._comments[cell.index] = {c.line: c for c in comments_in(cell.python)} if parsed else {}
        return self._comments[cell.index]

    def column(self, cell: Cell, line: int, offset: int) -> int:
        """The column, from 1 and in characters of what the author wrote, of a byte in a masked line."""
        lines = self.masked(cell)
        text = lines[line - 1] if line <= len(lines) else ""
        if cell.index not in self._shifts:
            self._shifts[cell.index] = dict(cell.shifts)
        return len(_upto(text, offset)) + 1 + self._shifts[cell.index].get(line, 0)

    def segment(self, cell: Cell, start: tuple[int, int], end: tuple[int, int]) -> str:
        """The masked text between two places, in lines from 1 and bytes from 0."""
        lines = self.masked(cell)[start[0] - 1 : end[0]]
        if not lines:
            return ""
        last = _upto(lines[-1], end[1])
        head = _upto(lines[0], start[1])
        if len(lines) == 1:
            return last[len(head) :]
        return "\n".join([lines[0][len(head) :], *lines[1:-1], last])

    def code(self, cell: Cell, first: int, last: int) -> str:
        """Some lines on one line, as a fingerprint is made of; of very long statements the beginning."""
        lines = self.written(cell)[first - 1 : min(last, first + 20)]
        return " ".join(" ".join(line[:2_000] for line in lines).split())[:2_000]


def _upto(line: str, offset: int) -> str:
    """The beginning of a line up to a byte."""
    if line.isascii():
        return line[:offset]
    return line.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "replace")
