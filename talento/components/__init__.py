"""The kit: small functions from values to components. `tokens` alone names colours, lengths, radii and shadows."""
