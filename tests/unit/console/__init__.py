"""The console without a broker."""
