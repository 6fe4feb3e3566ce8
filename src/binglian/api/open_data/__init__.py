"""Files of open data, and the catalogue that finds them: DCAT-AP 3."""
