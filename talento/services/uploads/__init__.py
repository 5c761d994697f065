"""Uploads: what people send is checked, drawn anew, encrypted, and only then kept."""
