"""What must be true: one Pandera contract a table, and the small engine that splits good rows from bad."""
