"""The Textual front end: screens over one `oz.session.Session`.

Nothing here parses a story, judges a spell or runs code. Importing this package is cheap; the app
and Textual come with `oz.tui.app`.
"""
