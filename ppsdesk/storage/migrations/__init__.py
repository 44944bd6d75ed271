"""Steps from every released schema to this one. Each stands alone: `sa` and `op` only."""
