"""The benchmark: `python -m load` measures the program and its peer on the same texts and cores in one run."""
