"""Measures the parts that answer customers on labelled files, through the same code."""

from app.eval.command import evaluate_and_print as evaluate_and_print
