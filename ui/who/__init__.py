"""What several screens show of a person: the one box, the banner, children as chips, schools, perhaps the same."""
