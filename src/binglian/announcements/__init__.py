"""What a saved news page or a pasted announcement says; pure Python, no Django."""
