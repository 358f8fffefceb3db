"""The command line as its users meet it: processes, their streams and their exit codes."""
