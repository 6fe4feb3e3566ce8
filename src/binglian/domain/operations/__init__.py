"""What an operator asks: is it safe, is it ready, how is it doing. Stores nothing of its own."""
