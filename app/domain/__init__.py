"""What we know: values and pure decisions. Standard library only."""
