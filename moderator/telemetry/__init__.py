"""What is told to whoever runs the program: metrics and logs."""
