// What the grid says. The words come translated from components/_grid_head.html.

import { wordsOf } from "shared/words"

export const say = wordsOf("grid-words")
