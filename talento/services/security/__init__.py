"""What defends the house: addresses that are kept out, rules about what is suspicious, alerts."""
