"""From the bytes of a news page to its article: text, title, moment, authors, language and address."""

from racewire.reading.page import Hints, Page
from racewire.reading.reader import read

__all__ = ["Hints", "Page", "read"]
