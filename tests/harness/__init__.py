"""Programs that are killed and servers that misbehave, to see what is left afterwards."""
