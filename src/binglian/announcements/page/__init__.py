"""From a saved page to title, day, body and captions, whatever site it comes from."""

from .reading import Page, read_page, read_text

__all__ = ["Page", "read_page", "read_text"]
