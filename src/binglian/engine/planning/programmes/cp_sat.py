"""CP-SAT without pandas, which OR-Tools loads for columns of variables that we do not use.

Loading it takes most of a second, more than many a plan. A stand-in is there while OR-Tools is
imported, and gone afterwards: who wants pandas gets the real one.
"""

import sys
from types import ModuleType

if "pandas" in sys.modules:
    from ortools.sat.python import cp_model
else:
    _stand_in = ModuleType("pandas")
    for _name in ("DataFrame", "Index", "Series"):
        setattr(_stand_in, _name, type(_name, (), {}))
    sys.modules["pandas"] = _stand_in
    try:
        from ortools.sat.python import cp_model
    finally:
        del sys.modules["pandas"]

__all__ = ["cp_model"]
