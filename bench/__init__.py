"""What a turn costs: our way beside bare LangChain and the bare client, one run, one machine. `python -m bench`."""
