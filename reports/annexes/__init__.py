"""Foreign PDFs in a file of ours, which stays conformant whatever they are.

    verdict     merged, as images or attached, and why (light: names only)
    judging     judge(file): the verdict; reads the file once
    pieces      pieces_of(annex): the parts that it becomes, without opening it; embedded(annex): the original
      images (▶ drawing: PDFium), merged (▶ structure): called by name, in a process that may die of the file

Nothing here knows a case or the database.
"""
