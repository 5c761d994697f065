"""Outgoing mail: written with the fact that causes it, sent later."""
