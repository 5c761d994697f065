"""Presence: scans are events, stays are what they add up to."""
