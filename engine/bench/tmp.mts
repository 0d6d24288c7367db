import { openReader } from '../src/find/connect/index.ts';
const r = await openReader({ name: 'list', kind: 'files', locator: process.argv[2]!, credentials: {} } as never, null);
for (const d of await r.datasets()) { const s = await r.shape(d); console.log(d, s.columns.map(c=>c.name).join(','), s.layout, s.rows, s.hazards); for await (const row of (r as any).rows(s)) { console.log(JSON.stringify(row)); break; } }
console.log(Object.getOwnPropertyNames(Object.getPrototypeOf(r)), Object.keys(r));
await r.close();
