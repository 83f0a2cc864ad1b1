"""The figures in the shape of a file."""
