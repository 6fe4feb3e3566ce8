"""A city made up for measuring: how ``binglian generate`` draws it, table by table."""
