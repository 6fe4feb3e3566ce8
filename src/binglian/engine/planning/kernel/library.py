"""Loads the compiled kernel once."""

import ctypes
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "_kernel.so"


@cache
def library() -> ctypes.CDLL:
    """Return the compiled kernel.

    Raises
    ------
    RuntimeError
        It has not been built; the message tells the remedy.
    """
    try:
        lib = ctypes.CDLL(str(PATH))
    except OSError as error:
        raise RuntimeError(f"The compiled kernel is missing: run make setup ({error}).") from error
    for name in ("site_new", "bench_new", "population_new", "walk_new"):
        getattr(lib, f"binglian_{name}").restype = ctypes.c_void_p
    lib.binglian_population_breed.restype = ctypes.c_int64
    lib.binglian_walk_go.restype = ctypes.c_int64
    return lib
