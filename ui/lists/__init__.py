"""The lists people choose from: words, schools and organisations, texts."""
