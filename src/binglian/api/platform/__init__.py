"""The platform's own interface, version 1: what is public, as JSON, described by OpenAPI."""
