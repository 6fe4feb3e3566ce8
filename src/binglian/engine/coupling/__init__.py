"""Couples scarce offers with needs: problem, candidates, solve, result, feasibility, explain."""
