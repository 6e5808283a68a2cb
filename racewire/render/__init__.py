"""Sums, times and text from the web as people see them, alike in mails, on a terminal and on a page."""
