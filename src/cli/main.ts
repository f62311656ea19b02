import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// As bin/holdfast.js does, for who runs this file itself.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));

const { run } = await import('./program.ts');
await run(process.argv);
