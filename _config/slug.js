/**
 * A heading or a tag as part of an address. Letters of every script stay, which Eleventy's own `slugify` would drop.
 *
 * @param {string} text
 */
export const slug = (text) =>
  text
    .trim()
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replace(/\s+/g, '-')
