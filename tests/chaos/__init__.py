"""The proof that no acknowledged message is lost: load, faults, and a checker that only reads what was journaled."""
