"""What is read off an article: its dateline, its date, its kind. Expressions and frames; no files."""
