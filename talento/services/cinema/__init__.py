"""Cinema talents: registering, editing and showing the people of the casting roster."""
