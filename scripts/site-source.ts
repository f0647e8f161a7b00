/** All that the site's configuration and data take from `src/`, so that it is read once for each build. */
export { main } from '../src/cli/main.ts'
export { compile } from '../src/compile.ts'
export { default as dockerNetwork } from '../src/eleventy/plugin.ts'
export { figurePng } from '../src/index.ts'
export { figureSvg } from '../src/library.ts'
export { codeEntries } from '../src/problem/codes.ts'
export { fileSource, formatProblemIn } from '../src/problem/report.ts'
