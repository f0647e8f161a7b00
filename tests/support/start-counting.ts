/**
 * Starts to count how often blocks of code are run. Import it before the modules that are to be counted: of what is
 * compiled already V8 counts whole functions only.
 */
import { Session } from 'node:inspector'

export const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
