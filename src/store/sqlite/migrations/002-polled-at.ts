/** When a source was last claimed: a time that lies ahead shows that the clock was put back since. */
export const polledAt = `
ALTER TABLE sources ADD COLUMN polled_at INTEGER NOT NULL DEFAULT 0;
`;
