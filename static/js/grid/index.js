// Makes every table of components/_grid.html into a grid.

import { Grid } from "grid/grid"

for (const box of document.querySelectorAll("[data-grid]")) if (box.querySelector("tbody tr")) new Grid(box)
