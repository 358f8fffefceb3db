"""The console as people meet it: real pages, a real store, a real browser."""
