import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/built-site.ts'

describe('pictures of the README', () => {
  // After a change that is meant: npx vitest run tests/site/readme.test.ts -u
  it.each([
    ['bridge', 1],
    ['overlay', 5],
    ['docker0', 7],
  ])('%s.svg is what the article’s block %i gives', async (name, block) => {
    const { status, stdout } = spawnSync(
      'node',
      [
        join(ROOT, 'bin/docker-network.js'),
        'figure',
        'content/en/posts/docker-network.md',
        `--block=${block}`,
        '--format=svg',
      ],
      { cwd: ROOT, encoding: 'utf8' },
    )
    expect(status).toBe(0)
    await expect(stdout).toMatchFileSnapshot(join(ROOT, `docs/figures/${name}.svg`))
  })
})
