"""How customers reach us: one folder or file a channel, each in and out."""
