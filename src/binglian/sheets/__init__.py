"""Spreadsheets in and out: cells, columns, reading, typed rows, writing. No database."""
