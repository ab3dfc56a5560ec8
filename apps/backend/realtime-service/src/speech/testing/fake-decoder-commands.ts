/** What the fake decoder does with a sound whose first sample is this. */
export const COMMANDS = { answer: 0, die: 1, fail: 2, hold: 3, hang: 4 } as const;
