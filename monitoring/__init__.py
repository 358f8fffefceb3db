"""What watches the program: Prometheus rules and Grafana dashboards, written by `python -m monitoring`."""
