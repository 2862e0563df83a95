import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Somebody who has the feed of an address sent as mail, by rss2email into a folder. */
export interface Mailbox {
  /** Asks for the feed, and gives the subjects of the mails that came since the last time. */
  readonly fetch: () => Promise<readonly string[]>;
}

export async function subscribe(folder: string, url: string): Promise<Mailbox> {
  const files = { config: join(folder, 'rss2email.cfg'), data: join(folder, 'rss2email.json') };
  await writeFile(
    files.config,
    `[DEFAULT]
from = river@river.example
to = reader@river.example
email-protocol = maildir
maildir-path = ${folder}
maildir-mailbox = News
`,
  );
  const ask = (...command: string[]) =>
    run('r2e', ['-c', files.config, '-d', files.data, ...command], {
      env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' },
    });
  await ask('add', 'river', url);
  const read = new Set<string>();
  return {
    fetch: async () => {
      await ask('run');
      const mails = await readdir(join(folder, 'News', 'new'));
      const unread = mails.filter((mail) => !read.has(mail));
      for (const mail of unread) read.add(mail);
      const texts = await Promise.all(
        unread.map((mail) => readFile(join(folder, 'News', 'new', mail), 'utf8')),
      );
      return texts.map((text) => subjectOf(text));
    },
  };
}

/** RFC 2047, of which rss2email uses base64. */
function subjectOf(mail: string): string {
  const [, subject = ''] = /^Subject: (.*(?:\n[ \t].*)*)/m.exec(mail) ?? [];
  return subject
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString());
}
