// Why a condition on runs and not on what is kept: a run that is to replace all others saves as it goes on, so that it can
// be resumed, and until it has come to its end the others must be what every view tells. What names it can see it all the
// same.

/** Numbers of the runs that are to replace all others and have not yet: views leave out what they have observed. */
export const PROVISIONAL_RUNS = '(select id from scan_run where is_provisional = 1)';
