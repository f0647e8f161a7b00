/** Rooms around what is placed, shared by the files that place hosts and what lies around them. In px. */

/** Around everything, so that no stroke is cut. */
export const MARGIN = 4
export const HOST_PAD = 16
export const HOST_GAP = 18
/** Between the upper edge of a host and what lies in it: its title. */
export const TITLE = 40
/** Room for a title that stands at the lower edge. */
export const TITLE_BELOW = 24
/** A band narrower than this looks like a box. */
export const COMFORT = 300
