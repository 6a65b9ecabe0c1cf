"""A page with a grid, spoken to as its user does."""

NBSP = "\u00a0"


def seen_beside_its_name(page):
    """Return whether, in a window this narrow, the first cell to fill in stands whole beside the name of its row."""
    return page.evaluate(
        """() => {
            const open = [...document.querySelectorAll("tbody td[data-version]")]
            const cell = open.reduce((first, other) => (other.offsetLeft < first.offsetLeft ? other : first))
            const [value, name, frame] = [cell, cell.parentElement.cells[0], cell.closest(".grid-scroll")].map(
                (part) => part.getBoundingClientRect())
            return name.left >= frame.left && name.width >= 100 && name.right <= value.left + 1
                && value.width > 0 && value.right <= frame.right && frame.right <= innerWidth
        }"""
    )


def answered_here(route):
    """Keep from the server what a page would still save, on a timer or when it is closed."""
    if route.request.method == "PATCH":
        route.fulfill(status=204)
    else:
        route.fallback()


class Sheet:
    """Moves, writes, pastes, and says where it is and what stands there."""

    def __init__(self, page):
        self.page = page
        self.sent = []
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.on("request", lambda request: request.method == "PATCH" and self.sent.append(request))
        page.locator("[role=grid]").wait_for()

    def cell(self, row, column):
        place = self.page.locator("thead th").evaluate_all(
            "(heads, column) => heads.findIndex((head) => head.dataset.column === column)", column
        )
        return self.page.locator(f'tr[data-row="{row}"] > :nth-child({place + 1})')

    def text(self, row, column):
        return self.cell(row, column).inner_text().replace(NBSP, " ")

    def go(self, row, column):
        self.cell(row, column).click()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text, *keys):
        self.page.keyboard.type(text)
        self.press(*(keys or ["Enter"]))

    def paste(self, text):
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.press("Control+v")

    def copied(self):
        return self.page.evaluate("() => navigator.clipboard.readText()")

    def at(self):
        """Return row and column of the cell that has the focus."""
        return self.page.evaluate(
            """() => {
                const cell = document.activeElement.closest("td, th")
                const head = cell?.closest("table").tHead.rows[0].cells[cell.cellIndex]
                return cell && [cell.parentElement.dataset.row, head.dataset.column ?? ""]
            }"""
        )

    def status(self):
        return self.page.locator("[data-grid-status]").inner_text()

    def mark(self, row, column, mark):
        """Wait until a cell is marked so."""
        self.page.locator(f'[data-row="{row}"] [data-mark="{mark}"]').and_(self.cell(row, column)).wait_for()

    def settle(self):
        """Wait until everything that can be saved is."""
        self.page.wait_for_timeout(100)
        waiting = self.page.locator('[data-mark="changed"], [data-mark="saving"]')
        waiting.first.wait_for(
            state="detached", timeout=90_000
        )  # a busy machine takes its time for 400 cells

    def arrive(self):
        """Let nothing more reach the server, and wait for the answers to what did."""
        self.page.route("**/*", answered_here)
        for request in self.sent:
            request.response()
