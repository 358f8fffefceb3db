"""The container image, built and run: `make test-image`. Minutes, and root or Docker, so it is outside `make test`."""
