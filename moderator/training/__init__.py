"""From labelled text to a model directory: data, train, export, calibrate, quantize, evaluate (extra `train`)."""
