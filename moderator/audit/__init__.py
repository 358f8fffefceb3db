"""Delivery checked from outside: what the topics say, not what the agents say of themselves."""
