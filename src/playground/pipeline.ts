/** All it takes to draw a model; loaded at the first change, since the page's first figure is there without. */
export { compile, isError } from '../compile.ts'
export { drawingHtml, figureHtml } from '../html/figure-html.ts'
export { problemHtml } from '../html/problem-html.ts'
export { drawPicture, standalonePicture } from '../picture/draw.ts'
export { fileSource } from '../problem/report.ts'
export { VIEWS } from '../topology/topology.ts'
export { wordsFor } from '../words/words-for.ts'
