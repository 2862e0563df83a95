import { pino, type Logger } from 'pino';

/** JSON lines on stdout; header values and tokens never reach them. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { name: 'tributary' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers', 'headers', '*.headers', 'adminToken'],
  });
}
