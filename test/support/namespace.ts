import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Program } from './programs.ts';
import { temporaryFolder } from './tributary.ts';

/** An address of the public Internet that is this machine's own in a namespace. */
export const publicAddress = '93.184.215.14';

const canUnshare = spawnSync('unshare', ['-n', '-m', 'ip', 'link']).status === 0;

/** Network namespaces need root, util-linux and iproute2. */
export const namespaces: Program = { name: 'root with unshare and ip', isInstalled: canUnshare };

/** What the machine is in the namespace. */
interface Machine {
  /** The name server. */
  readonly nameServer: string;
  /** Lines of the hosts file. */
  readonly hosts?: readonly string[];
}

/**
 * Runs a script in a network of its own, in which a public address is this machine's and names are resolved as
 * is said; gives what the script prints as JSON.
 * @throws Error with what it wrote where it failed
 */
export async function inNamespace(script: string, { nameServer, hosts = [] }: Machine): Promise<unknown> {
  await using folder = await temporaryFolder();
  const files = {
    hosts: ['127.0.0.1 localhost', ...hosts, ''].join('\n'),
    'resolv.conf': `nameserver ${nameServer}\n`,
  };
  const mounts: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder.path, name);
    await writeFile(path, content);
    mounts.push(`mount --bind ${path} /etc/${name}`);
  }
  const steps = [
    'ip link set lo up',
    `ip addr add ${publicAddress}/32 dev lo`,
    ...mounts,
    `exec ${process.execPath} ${script} ${folder.path}`,
  ];
  const child = spawn('unshare', ['-n', '-m', 'sh', '-ec', steps.join('\n')], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await closed) as [number | null];
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${err}`);
  return JSON.parse(out);
}
