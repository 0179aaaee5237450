"""The law: facts and a day in, every limit with its citation and explanation out. No I/O, no clock."""
