"""The coupling engine on spreadsheets: read the lists, solve, show the answer."""
