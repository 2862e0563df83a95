import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const repository = fileURLToPath(new URL('..', import.meta.url));
