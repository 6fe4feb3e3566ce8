"""The file of a backup: sealed for its readers, compressed, checked. Knows no database."""
