// The office's web console. Filled by the commits that follow.
export {}
