// Writes dist/ from src/, so that the package, the image and `npm start` run without stripping types in each
// process, which would cost it 20 MB. `--quick` leaves out the declarations, which need the compiler.
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
process.removeAllListeners('warning');

rmSync(dist, { recursive: true, force: true });
for (const file of globSync('**/*.ts', { cwd: join(root, 'src') })) {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  const plain = stripTypeScriptTypes(text).replace(
    /(\bfrom |\bimport\(|\bimport )'(\.[^']*)\.ts'/g,
    "$1'$2.js'",
  );
  const target = join(dist, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, plain);
}

if (!process.argv.includes('--quick')) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
}
