import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What each room of src may import from the others; the picture in docs/ARCHITECTURE.md is drawn from this. */
const rooms = {
  model: [],
  text: [],
  observe: [],
  config: ['model'],
  fetch: ['model', 'text'],
  parse: ['model', 'text'],
  normalize: ['model', 'text', 'parse'],
  identify: ['model', 'text'],
  topics: ['model', 'text'],
  store: ['model', 'text'],
  publish: ['model', 'text'],
  pipeline: [
    'model',
    'text',
    'observe',
    'fetch',
    'parse',
    'normalize',
    'identify',
    'topics',
    'store',
    'publish',
  ],
  schedule: ['model', 'observe', 'store', 'pipeline'],
  http: ['model', 'text', 'observe', 'store', 'publish'],
  cli: [
    'model',
    'text',
    'observe',
    'config',
    'fetch',
    'normalize',
    'identify',
    'topics',
    'store',
    'publish',
    'pipeline',
    'schedule',
    'http',
    'app',
  ],
};

const roomRule = ([room, allowed]) => {
  const isClosed = (other) => other !== room && !allowed.includes(other);
  const closed = Object.keys(rooms).filter(isClosed);
  const closedFiles = ['app', 'main', 'index'].filter(isClosed);
  return {
    files: [`src/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./)+((${closed.join('|')})/|(${closedFiles.join('|')})\\.ts$)`,
              message: `src/${room} may import only: ${allowed.join(', ') || 'nothing'} (eslint.config.js).`,
            },
          ],
        },
      ],
    },
  };
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'test/fixtures/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  ...Object.entries(rooms).map(roomRule),
);
