"""Open311 GeoReport v2: the standard of cities for reporting matters, in JSON and in XML."""
