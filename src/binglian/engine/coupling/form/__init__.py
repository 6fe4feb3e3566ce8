"""The JSON form of problems, results and prices: versioned, documented, checked."""

from .amounts import Measures
from .faults import Fault, FormRefused
from .prices_form import PRICES_SCHEMA, read_prices, write_prices
from .problem_form import PROBLEM_SCHEMA, ProblemRead, read_problem
from .result_form import RESULT_SCHEMA, ResultRead, read_result, write_result
from .text import lines
from .writing import write_problem

__all__ = [
    "PRICES_SCHEMA",
    "PROBLEM_SCHEMA",
    "RESULT_SCHEMA",
    "Fault",
    "FormRefused",
    "Measures",
    "ProblemRead",
    "ResultRead",
    "lines",
    "read_prices",
    "read_problem",
    "read_result",
    "write_prices",
    "write_problem",
    "write_result",
]
