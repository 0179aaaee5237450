"""How the rest of the house reaches Temporal. Knows nothing of cases, records or the law."""
