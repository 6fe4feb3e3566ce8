"""Bringing lists in by spreadsheet: upload, dry run, decision."""
