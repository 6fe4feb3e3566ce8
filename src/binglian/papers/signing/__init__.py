"""Keys, certificates, signatures in PDF files (PAdES), and examining them.

``authority``, ``codes`` and ``keys`` are light. The others load pyHanko, which takes a while:
only jobs and the command import them.
"""
