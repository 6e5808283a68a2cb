"""Read-only pages over the database: stories, names, money, rules, sources, alerts and search, without JavaScript.

A page is a function from a `Look` (connection, site and what the address asks) to a `Page` (template, values, tables); `app` puts them
under addresses, `guard` decides who may ask and how. Needs the extra `racewire[web]`.
"""
