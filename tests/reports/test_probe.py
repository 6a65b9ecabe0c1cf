import pypdf
from reports.services import make
def test_probe(demo):
    for m in (demo.ruled, demo.column):
        r = make(m, "handlingar", "members")
        rd = pypdf.PdfReader(r.file.path)
        print(r.pages, r.faults)
        for p in r.parts.all(): print(p.first_page, p.key, p.title)
        print(rd.pages[r.parts.get(key="contents").first_page-1].extract_text())
        def walk(o, d=0):
            for x in o:
                if isinstance(x, list): walk(x, d+1)
                else: print("  "*d, x.title, rd.get_destination_page_number(x)+1)
        walk(rd.outline)
