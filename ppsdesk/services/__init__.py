"""The helpline's procedures: check, open one unit of work, do, commit, say what was touched."""
