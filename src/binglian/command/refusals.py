"""What the command cannot do, said in one line."""


class CommandRefused(Exception):
    """Bad input or a state that forbids the verb; printed as one line, exit status 2."""
