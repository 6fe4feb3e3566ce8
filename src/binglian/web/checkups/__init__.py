"""Problems that a city check-up found, at the desk."""
