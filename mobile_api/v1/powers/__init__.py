"""The public catalogue: items of the power repository and the organisations behind them."""
