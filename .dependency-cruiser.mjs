// The walls of the house. scripts/check-house.js runs these rules and makes sure they saw the code.

/** A folder imports only from those before it. */
export const FOLDERS = [
  'core',
  'signature',
  'retry',
  'contract',
  'correction',
  'ledger',
  'change',
  'session',
  'intake',
  'delivery',
  'slo',
  'incident',
  'review',
  'story',
  'api',
  'app',
  // Drills and commands start the service, so they come after the composition root.
  'drill',
  'cli',
];

const order = FOLDERS.slice(0, -1).map((folder, index) => ({
  name: `order-${folder}`,
  comment: `src/${folder} imports only from the folders above it`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: `^src/(${FOLDERS.slice(index + 1).join('|')})/` },
}));

export default {
  forbidden: [
    ...order,
    {
      name: 'door',
      comment:
        'another folder of src is imported through its index.ts only; the library of blameless language has one of its own',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/review/blameless/index\\.ts$'],
      },
    },
    {
      name: 'blameless-stands-alone',
      comment:
        'the library of blameless language is let out as holdfast/blameless, and needs nothing of ours but core',
      severity: 'error',
      from: { path: '^src/review/blameless/' },
      to: { path: '^src/', pathNot: '^src/(review/blameless/|core/index\\.ts$)' },
    },
    {
      name: 'no-cycle',
      comment: 'modules do not import each other in a circle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'sql-only-in-ledger',
      comment: 'only src/ledger speaks to a database',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ledger/' },
      to: { path: '^(node:)?sqlite$|node_modules/(postgres|pg|kysely|better-sqlite3)/' },
    },
    {
      name: 'src-stands-alone',
      comment: 'the product does not import its tests, benchmarks or scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|bin|examples)/' },
    },
    {
      name: 'no-dev-dependency',
      comment:
        'the product imports only what is installed with it; the demo says so where it is not',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/demo/development-packages\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'an import leads somewhere',
      severity: 'error',
      // The queues' packages are installed by the first `npm run bench -- --peers`.
      from: { pathNot: '^bench/peers/(bullmq|graphile-worker|pg-boss)\\.ts$' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no API for the usual parser. Without swc the .ts files are skipped unsaid.
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)fixtures/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
