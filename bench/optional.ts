import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';

/** A package that is measured where it is installed, and is none of the project's own; NODE_PATH counts. */
export function optionalPackage(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name);
  } catch {
    console.error(`skipped: ${name} is not installed`);
    return undefined;
  }
}

/** Whether a program is on the path; says so where it is not. */
export function isInstalled(program: string): boolean {
  const there = spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;
  if (!there) console.error(`skipped: ${program} is not installed`);
  return there;
}
