"""Several people, or tabs, with one form."""


class Writer:
    """Somebody with the form of a row before them."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        form = page.get(url).context["form"]
        fields = {name: form[name].value() for name in form.fields}
        self.shown = {
            name: value.replace("\n", "\r\n") if isinstance(value, str) else value  # as browsers send it
            for name, value in fields.items()
            if value not in (False, None)
        }

    def saves(self, **fields):
        return self.page.post(self.url, self.shown | fields)
