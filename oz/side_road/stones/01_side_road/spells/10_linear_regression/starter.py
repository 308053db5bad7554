import torch


class LinearRegression:
    """A line through points, in three ways. Each gives `(w, b)`, shapes `(d,)` and `()`."""

    def closed_form(self, X, y):
        """The least squares at once."""

    def gradient_descent(self, X, y, lr=0.01, steps=1000):
        """`steps` steps of length `lr` from 0, by gradients worked out by hand."""

    def nn_linear(self, X, y, lr=0.01, steps=1000):
        """The same walk, by a layer, a loss and an optimizer."""
