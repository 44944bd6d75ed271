"""The page a day at the helpline begins with."""
