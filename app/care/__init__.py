"""What we do: the use cases, and the ports they need. Imports the domain only."""
