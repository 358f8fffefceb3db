"""How much to escalate, worked out on labelled rows: `moderator policy plan`."""
