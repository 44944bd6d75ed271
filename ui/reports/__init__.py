"""Reports on the screen: what to count, the figures, and the calls behind each of them."""
