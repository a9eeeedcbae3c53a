"""Which cell a finding is about."""

from nb2prod.model import Cell, Checked, Finding


def cell_of(checked: Checked, finding: Finding) -> Cell | None:
    """The cell of a finding."""
    cells = checked.notebook.cells if checked.notebook else ()
    at = finding.place.cell - 1
    return cells[at] if 0 <= at < len(cells) else None
