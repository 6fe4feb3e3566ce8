"""Outlines of areas: read, mended, compared, asked what lies in them. Knows no database."""
