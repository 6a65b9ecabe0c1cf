"""The one importer: a file's columns and codes become our rows, after everybody has seen what changes.

upload ▸ columns ▸ codes ▸ preview ▸ done. What a file is imported into is a Target, declared by an app in
its `imports.py`; reading, mapping, the control total and the pages are the same for all.
"""
