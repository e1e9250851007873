"""Timed work: what falls due when, and the jobs that do it."""
