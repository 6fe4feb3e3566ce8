"""What ``binglian plan`` reads, solves, shows and writes."""
