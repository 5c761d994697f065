"""Badges: a QR that proves itself without a network, and which of them were revoked."""
