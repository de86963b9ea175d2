/** Whether what is long by nature runs as a whole; otherwise a small, seeded part of it does. */
export const whole = process.env.WAYMARK_FAULTS === 'whole'
