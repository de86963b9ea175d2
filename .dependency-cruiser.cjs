/** The import law (CONTRIBUTING.md draws it): each folder may reach only what its arrow allows. */
const may = {
  'src/domain': [],
  'src/rules': ['src/domain'],
  'src/recommend': ['src/rules', 'src/domain'],
  machines: ['src/domain'],
  'src/access': ['src/domain'],
  'src/http': ['src/access', 'src/domain'],
  'src/casework': ['src/recommend', 'src/rules', 'src/access', 'machines', 'src/domain'],
  'src/api': ['src/http', 'src/casework', 'src/access', 'src/recommend', 'src/rules', 'src/domain'],
  'src/web': ['src/http', 'src/casework', 'src/access', 'src/recommend', 'src/rules', 'src/domain'],
  'src/cli': ['src/casework', 'src/recommend', 'src/rules', 'src/domain'],
  'db/record': ['src/casework/ports.ts', 'src/domain'],
  'db/sqlite': ['db/record', 'src/casework/ports.ts', 'src/domain'],
  'db/register': [],
}
const folder = (name) => `^${name.replace(/[.]/g, '\\.')}(/|$)`
const compositionRoots = '^src/(server|cli/main)\\.ts$'

module.exports = {
  forbidden: [
    ...Object.entries(may).map(([from, to]) => ({
      name: `import law: ${from} may import ${to.length > 0 ? to.join(', ') : 'nothing of ours'}`,
      severity: 'error',
      from: { path: folder(from), pathNot: compositionRoots },
      to: {
        path: '^(src|machines|db|test|scripts)/',
        pathNot: [folder(from), ...to.map(folder)],
      },
    })),
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'the record knows no driver',
      severity: 'error',
      from: { path: '^db/record/' },
      to: { path: '(^|/)(better-sqlite3|drizzle-orm)(/|$)' },
    },
    {
      name: 'disk, network and processes stay out of the core',
      severity: 'error',
      from: {
        path: '^(src/(domain|rules|recommend|casework|access)|machines|db/record)/',
        pathNot: '^src/rules/(read-folder|load-built)\\.ts$',
      },
      to: { path: '^(node:)?(fs|net|http|https|child_process|os|process|worker_threads)(/|$)' },
    },
    {
      name: 'only what package.json lists',
      severity: 'error',
      from: { path: '^(src|machines|db)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
}
