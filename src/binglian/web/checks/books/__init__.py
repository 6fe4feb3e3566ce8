"""A site under everybody's eyes: contracts and promises, goods given, open days."""
