"""What happens at fixed times, declared as data and kept in step with Temporal."""
