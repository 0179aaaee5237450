"""What people do with cases (open, record, import) and what they ask (overdue, timeline)."""
