/** Dates as Jekyll writes them in front matter, and as readers want to see them. */
const JEKYLL = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default function (eleventyConfig) {
  eleventyConfig.addDateParsing((date) => {
    const match = typeof date === 'string' ? JEKYLL.exec(date) : null
    return match === null ? undefined : new Date(`${match[1]}T${match[2]}${match[3]}:${match[4]}`)
  })

  eleventyConfig.addFilter('readableDate', (date, language) =>
    new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', {
      dateStyle: 'long',
      timeZone: 'Asia/Seoul',
    }).format(date),
  )
  eleventyConfig.addFilter('isoDate', (date) => date.toISOString())
}
