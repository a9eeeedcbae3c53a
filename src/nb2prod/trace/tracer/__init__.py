"""What runs inside the traced process: it needs the standard library alone, and IPython on the notebook's side.

Nothing here may import nb2prod: the interpreter that runs it is the notebook's, Python 3.9 or newer.
"""
