"""What travels on the topics, as data: no behaviour beyond validation."""
