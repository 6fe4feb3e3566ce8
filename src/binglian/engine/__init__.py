"""The engine decides: pure Python, no Django, no database."""
