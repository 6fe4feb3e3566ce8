"""Every change to residents' matters."""
