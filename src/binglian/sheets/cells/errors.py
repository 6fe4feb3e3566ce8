class CellError(ValueError):
    """A cell that cannot be read: ``message`` names the value, ``remedy`` says what to write."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
