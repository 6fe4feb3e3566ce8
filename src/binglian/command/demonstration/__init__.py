"""The demonstration: its files, and how they become alliances by the platform's own actions."""
