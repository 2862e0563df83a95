#!/usr/bin/env node
// Starts the program from dist/ where it was built, else from src/, which an older Node cannot read.
import { existsSync } from 'node:fs';

const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  process.stderr.write(
    `tributary: this is Node ${process.versions.node}, and tributary needs Node 24 or later; npm scripts and npx in the repository bring it along.\n`,
  );
  process.exitCode = 1;
} else {
  const built = new URL('../dist/main.js', import.meta.url);
  await import(existsSync(built) ? built.href : new URL('../src/main.ts', import.meta.url).href);
}
