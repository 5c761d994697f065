"""Talents: registering, editing and showing the people of the general roster."""
