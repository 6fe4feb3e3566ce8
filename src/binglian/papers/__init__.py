"""Papers an office files: agreements and minutes, typeset in Chinese, and signed. No database."""
