/** Family name of the font of the figures, as the stylesheet declares it. */
export const FONT_FAMILY = 'Noto Sans KR'
