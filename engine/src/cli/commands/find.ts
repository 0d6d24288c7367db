// SPDX-License-Identifier: Apache-2.0
import { createReadStream, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { applyDataMapFile, printDataMap } from '../../config/index.ts';
import { classifyText, discoverSources, mapDifference, saveDataMap, scoreShape, takeInventory } from '../../journey/index.ts';
import { writeDurable } from '../../kit/index.ts';
import type { DataMap, DatasetMap } from '../../model/data-map.ts';
import type { Source } from '../../model/source.ts';
import { EXIT } from '../exit.ts';
import { dataMapHtml } from '../print/data-map-html.ts';
import { differenceTable, mapTable } from '../print/data-map-table.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';
import { printStatus } from './case.ts';

/** discover, classify, inventory. */
export function findCommands(program: Command, session: () => Session): void {
  program
    .command('discover')
    .option('--case <code>')
    .description('读出各数据源的结构并分类 read and classify every source')
    .action(async (o: { case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const before = (await ctx.store.dataMap())?.map ?? null;
      const map = await changing(ctx, () => discoverSources(ctx, (draft) => draft));
      s.terminal.settle();
      const changes = before === null ? [] : mapDifference(before, map);
      if (s.terminal.json) s.terminal.out(JSON.stringify({ ...scoreShape(map, databases(await ctx.store.sources())), changes }));
      else {
        printMap(s, map);
        const said = differenceTable(changes, s.terminal);
        if (said !== null) s.terminal.note(said);
      }
      if ((await ctx.store.openItems()).some((i) => i.kind === 'source-unreachable' || i.kind === 'source-unreadable'))
        process.exitCode = EXIT.findings;
    });

  const classify = program
    .command('classify')
    .option('--case <code>')
    .option('--out <file>', '把数据地图写成 YAML write the data map')
    .option('--html <file>', '把数据地图写成网页 write it as a page')
    .option('--map <file>', '读回更正 read corrections')
    .description('数据地图：看、写出、更正 the data map: see, write, correct')
    .action(async (o: { case?: string; out?: string; html?: string; map?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const known = await ctx.store.dataMap();
      if (!known)
        throw new UsageError(
          s.terminal.lang === 'zh' ? '还没有数据地图，先运行 shanhou discover' : 'no data map yet; run shanhou discover first',
          EXIT.notFound,
        );
      const map =
        o.map === undefined
          ? known.map
          : await changing(ctx, () => saveDataMap(ctx, applyDataMapFile(known.map, readFileSync(o.map!, 'utf8'), o.map!), 'person'));
      if (o.out !== undefined) writeDurable(o.out, printDataMap(map));
      if (o.html !== undefined) writeDurable(o.html, dataMapHtml(map, s.terminal.lang));
      if (s.terminal.json) s.terminal.out(JSON.stringify(scoreShape(map, databases(await ctx.store.sources()))));
      else printMap(s, map);
    });
  classify
    .command('text')
    .requiredOption('--jsonl <file>', '每行 {"id","text"} one object a line')
    .description('在文本里找个人信息，输出字符位置 find personal information in texts')
    .action(async (o: { jsonl: string }) => {
      const { terminal } = session();
      let n = 0;
      for await (const line of createInterface({ input: createReadStream(o.jsonl, 'utf8'), crlfDelay: Infinity })) {
        n += 1;
        if (line.trim() === '') continue;
        const row = parseLine(line, o.jsonl, n);
        terminal.out(JSON.stringify({ id: row.id, entities: classifyText(row.text) }));
      }
    });

  program
    .command('inventory')
    .option('--case <code>')
    .description('逐条清点，并认出同一客户 one row per record, and whose it is')
    .action(async (o: { case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      await changing(ctx, () => takeInventory(ctx));
      await printStatus(s, ctx.code);
    });
}

function parseLine(line: string, file: string, n: number): { id: unknown; text: string } {
  try {
    const row = JSON.parse(line) as { id?: unknown; text?: unknown };
    if (typeof row.text === 'string') return { id: row.id, text: row.text };
  } catch {
    // falls through to the error that names the line
  }
  throw new UsageError(`${file}:${n}: {"id": …, "text": "…"}`, EXIT.invalid);
}

function printMap({ terminal: t }: Session, map: DataMap): void {
  t.out(mapTable(map, t));
}

/** Which database a dataset stands in, as its source's locator or, for a whole server, its own name says. */
function databases(sources: readonly Source[]): (d: DatasetMap) => string {
  const named = new Map(sources.map((s) => [s.name, databaseName(s)]));
  return (d) => named.get(d.source) ?? (d.dataset.includes('.') ? d.dataset.split('.')[0]! : d.source);
}

function databaseName({ kind, locator, name }: Source): string | undefined {
  if (kind === 'files') return name;
  if (kind === 'sqlite') return basename(locator).replace(/\.\w+$/, '');
  const path = /^\w+:\/\/[^/]*\/([^?]*)/.exec(locator)?.[1] ?? '';
  return path === '' ? undefined : decodeURIComponent(path);
}
