"""An invented kind, complete: registering an orchard (果园登记). It proves what a kind can be apart
from any real rule, and shows where each thing of a new one goes:

- `form.py`: what is filled in, a table of plots in it; what the office fills in.
- `checks.py`: what is refused, what is found.
- `effects.py`: what approval writes.
- its workbook needs no file: the form's own, the plots in a tab of their own, fills one case. How a
  kind of one step files many at once would stand in `workbook.py` (`tests/cases/crew.py` has one).
- `papers.py`, `certificate.typ`: the certificate.
- `pages.py`: what the pages say of it.
- `kind.py`: all of that in one place, found by walking the room's packages.
- `test_orchard.py`: its tests. Nothing outside this folder knows it.
"""
