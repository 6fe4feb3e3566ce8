"""What pooling brings: the multiplier effect, and who contributes what."""
