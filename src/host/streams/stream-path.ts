/** What all streams begin with; their key follows. */
export const streamPath = '/stream/'
