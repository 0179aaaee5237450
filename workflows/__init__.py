"""The durable processes: wait, act, wait again. No law, no dates, no database in here."""
