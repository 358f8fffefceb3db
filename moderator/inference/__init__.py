"""Text to scores: normalise, tokenize, classify, calibrate. The only package that imports onnxruntime."""
