"""Casting: productions, projects, roles, boards, assignments."""
