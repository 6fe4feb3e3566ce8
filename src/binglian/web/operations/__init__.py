"""For the operator: what happens around every request, probes, figures for a monitor."""
