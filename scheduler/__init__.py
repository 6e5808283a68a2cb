"""Times: what is due when, the daemon that does it, and the watch over both.

This package knows the crawler, the alerts and the archive; none of them knows it.
"""
