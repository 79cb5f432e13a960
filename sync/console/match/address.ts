// Where the office answers for data matching.
export const MATCH = '/console/api/match'
