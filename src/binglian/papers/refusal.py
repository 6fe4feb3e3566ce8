"""Why a paper cannot be made."""


class PaperRefused(ValueError):
    """Something asked of a paper cannot be done; the message names the place and the remedy."""
