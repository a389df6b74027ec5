"""Where agents work: the API of the queue."""
