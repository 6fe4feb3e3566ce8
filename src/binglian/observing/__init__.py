"""What the platform tells about its own work: log lines, figures for a monitor, traces.

Knows nothing of subjects or pages; they tell it what they do.
"""
