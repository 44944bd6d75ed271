"""Call logs that come in as files."""
