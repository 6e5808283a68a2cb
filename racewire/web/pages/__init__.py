"""One module a kind of page: each turns a `Look` into a `Page`."""
