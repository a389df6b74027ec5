"""What channels and console share: access rules, errors, event streams, limits, health."""
