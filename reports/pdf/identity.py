"""What a file says of itself: title, author, language, and that it is PDF/A-3a and PDF/UA-1."""

import datetime as dt
from xml.sax.saxutils import escape, quoteattr

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

PRODUCER = "Nämndverk"

# The PDF/UA property is not among those PDF/A knows, so the file has to describe it itself. Both
# identifications must stand in one rdf:RDF: readers look at the first only.
XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
  <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
  <dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer={producer}/>
{dates}<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
XMP_DATES = """\
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmp:CreateDate="{day}" xmp:ModifyDate="{day}"/>
"""


def identify(pdf: Pdf, *, title: str, author: str, lang: str, dated: dt.date | None) -> None:
    """Write the catalogue's and the metadata's words about the file; nothing in them comes from the clock."""
    pdf.Root.Lang = String(lang)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.Metadata = metadata(pdf, title=title, author=author, lang=lang, dated=dated)
    pdf.docinfo = pdf.make_indirect(
        Dictionary(Title=String(title), Author=String(author), Producer=String(PRODUCER))
    )
    if dated:
        pdf.docinfo.CreationDate = pdf.docinfo.ModDate = String(f"D:{dated:%Y%m%d}")


def metadata(pdf: Pdf, *, title: str, author: str, lang: str, dated: dt.date | None) -> pikepdf.Object:
    text = XMP.format(
        title=escape(title),
        author=escape(author),
        lang=escape(lang),
        producer=quoteattr(PRODUCER),
        dates=XMP_DATES.format(day=dated.isoformat()) if dated else "",
    )
    return pdf.make_stream(text.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
