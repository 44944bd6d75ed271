"""What this desk remembers, and where its records are."""
