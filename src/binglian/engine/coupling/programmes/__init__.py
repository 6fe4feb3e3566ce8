"""Mixed-integer programmes of some needs, and clearing them exactly with HiGHS."""
