"""The PDF engine: one part is rendered, many parts are assembled, every file is inspected.

    render.render(html)               one part's HTML document → a tagged PDF
    assemble.assemble(parts, …)       parts → one PDF/A-3a and PDF/UA-1 file
    inspect.inspect(pdf)              what an accessible, archivable file must have and this one lacks

Nothing here knows a case, a meeting or the database.
"""
