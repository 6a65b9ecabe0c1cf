"""Pictures of few colours, put into a part as they come: WeasyPrint knows none of less than 8 bits a channel.

In the HTML each is an `img` of one dot, its stand-in, with the picture itself in `data-packed`.
"""

import base64
import io
from collections.abc import Iterable
from typing import Any

import pydyf
from PIL import Image

HELD = "data-packed"


def stand_in(number: int) -> str:
    """Return the address of a picture of one dot, another for each number: WeasyPrint makes those that are alike one."""
    target = io.BytesIO()
    Image.new("RGB", (1, 1), (number >> 16 & 255, number >> 8 & 255, number & 255)).save(target, "PNG")
    return f"data:image/png;base64,{base64.b64encode(target.getvalue()).decode('ascii')}"


def put_pictures(boxes: Iterable[Any], pdf: pydyf.PDF) -> None:
    """Put each picture in the place of its stand-in."""
    standing = {box.replacement.id: box.element for box in boxes if holds_picture(box)}
    if not standing:
        return
    for resources in [item for item in pdf.objects if isinstance(item, dict) and "XObject" in item]:
        for name, reference in resources["XObject"].items():
            which = name[1:-1]  # i ID 0, or 1 for one that is smoothed
            if which in standing:
                put(standing[which], pdf.objects[int(reference.split()[0])])


def holds_picture(box: Any) -> bool:
    return box.element_tag == "img" and HELD in box.element.attrib


def put(element: Any, stream: pydyf.Stream) -> None:
    width, bits, palette = (element.get(f"data-{name}") for name in ("width", "bits", "palette"))
    stream.stream = [base64.b64decode(element.get(HELD))]
    stream.extra |= {
        "Width": width,
        "Height": element.get("data-height"),
        "BitsPerComponent": bits,
        "ColorSpace": f"[/Indexed /DeviceRGB {len(palette) // 6 - 1} <{palette}>]",
        "Interpolate": "false",
        "Filter": "/FlateDecode",
    }
    stream.extra.pop("DecodeParms", None)
