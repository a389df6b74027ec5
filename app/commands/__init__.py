"""Groups of the command line, and how a command runs."""
