import { describe, expect, it } from 'vitest'
import { findBrowser } from '../../src/svg/find-browser.ts'
import { PngError, renderPngs } from '../../src/svg/png.ts'

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30"><rect width="40" height="30" fill="#f00"/></svg>'

const sizeOf = (png: Buffer): readonly number[] => [png.readUInt32BE(16), png.readUInt32BE(20)]

describe('a PNG', () => {
  it('has the size of its SVG times the scale', async () => {
    const [two] = await renderPngs([SVG])
    expect(two?.subarray(1, 4).toString()).toBe('PNG')
    expect(sizeOf(two!)).toEqual([80, 60])
    const [one, other] = await renderPngs([SVG, SVG.replaceAll('40', '50')], { scale: 1 })
    expect(sizeOf(one!)).toEqual([40, 30])
    expect(sizeOf(other!)).toEqual([50, 30])
  })

  it('says what is missing when the browser that was named is not there', async () => {
    await expect(renderPngs([SVG], { browser: '/no/such/chromium' })).rejects.toThrow(
      'the path given for the browser is /no/such/chromium, but there is no such file',
    )
  })
})

describe('the browser', () => {
  it('is looked for on the path, and absent when it is nowhere', () => {
    expect(
      findBrowser({ env: { PATH: '/nowhere' }, playwright: { executablePath: () => '/no/playwright' } }),
    ).toBeNull()
    expect(new PngError('x').name).toBe('PngError')
  })

  it('is the one the environment names', () => {
    expect(findBrowser({ env: { DOCKER_NETWORK_CHROMIUM: process.execPath, PATH: '' } })).toBe(
      process.execPath,
    )
    expect(() => findBrowser({ env: { DOCKER_NETWORK_CHROMIUM: '/no/such' } })).toThrow(
      'DOCKER_NETWORK_CHROMIUM is /no/such, but there is no such file',
    )
  })

  it('is taken from Playwright before the path', () => {
    expect(findBrowser({ env: { PATH: '' }, playwright: { executablePath: () => process.execPath } })).toBe(
      process.execPath,
    )
  })
})
