import { spawnSync } from 'node:child_process';
import { test } from 'vitest';

/** A program of the system that reads what we publish without knowing us. */
export interface Program {
  readonly name: string;
  readonly isInstalled: boolean;
}

/** Debian's Python, whose packages are Debian's too. */
export const python = '/usr/bin/python3';

export const xmllint = program('xmllint', 'xmllint', '--version');
export const expat = program('python3', python, '-c', 'import xml.parsers.expat');
export const feedparser = program('python3-feedparser', python, '-c', 'import feedparser');
export const newsboat = program('newsboat', 'newsboat', '--version');

/** A test that needs a program; where that is not installed, it is skipped and says so. */
export function testWith(needed: Program, name: string, run: () => void | Promise<void>): void {
  if (needed.isInstalled) test(name, run);
  else test.skip(`skipped: ${needed.name} is not installed (${name})`, run);
}

/** What libxml2 says against a document, nothing where it is well formed. `grammar` is a RELAX NG file. */
export function xmllintComplaints(document: string | Uint8Array, grammar?: string): string {
  const valid = grammar === undefined ? [] : ['--relaxng', grammar];
  return complaints('xmllint', ['--noout', '--nonet', ...valid, '-'], document);
}

/** What expat says against a document, nothing where it is well formed. */
export function expatComplaints(document: string | Uint8Array): string {
  const read = 'import sys, xml.parsers.expat as e; e.ParserCreate().ParseFile(sys.stdin.buffer)';
  return complaints(python, ['-c', read], document);
}

function program(name: string, command: string, ...args: readonly string[]): Program {
  return { name, isInstalled: spawnSync(command, args).status === 0 };
}

function complaints(command: string, args: readonly string[], input: string | Uint8Array): string {
  const { status, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}
