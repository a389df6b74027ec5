"""What the service does under load: turns a second, acknowledgements, 500 live streams. `python -m bench.load`."""
