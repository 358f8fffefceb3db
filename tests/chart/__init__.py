"""The Helm chart, offline."""
