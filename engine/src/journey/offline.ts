// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { actionFor, confirm, declared, instruct, outstanding, verifyUnits, writeInstruction } from '../act/instruct/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import { SealedWriter, sha256, writeDurable } from '../kit/index.ts';
import type { Officer } from '../model/case.ts';
import type { DatasetMap } from '../model/data-map.ts';
import type { OfflineForm, OfflineState } from '../model/offline.ts';
import type { OpenItem, OpenItemKind } from '../model/open-item.ts';
import { caseRules } from './case-rules.ts';
import { type CaseContext, entry, folders, today } from './context.ts';
import { JourneyError } from './error.ts';
import { addSource } from './open-case.ts';

/*
 * Stores that no program reaches. Their units are records like all others: inventoried, planned, in the ledger. In the place of deletion stands
 * an instruction to the holder; in the place of our own look, an officer's. Nothing of it counts as done before it is verified.
 */

type Stores = Readonly<Record<string, { readonly form: OfflineForm; readonly state: OfflineState }>>;

/** Every declared store and how far it is. */
export async function offlineStores(ctx: CaseContext): Promise<Stores> {
  return (await ctx.store.report<Stores>('offline')) ?? {};
}

/** Declares an offline store. Throws JourneyError `source-name-taken`. */
export async function declareOffline(ctx: CaseContext, name: string, form: OfflineForm): Promise<void> {
  if ((await ctx.store.sources()).some((s) => s.name === name)) throw new JourneyError('source-name-taken', name);
  const locator = join(folders(ctx).offline, `${name}.json`);
  writeDurable(locator, JSON.stringify(form, null, 1) + '\n');
  await ctx.store.saveReport('offline', { ...(await offlineStores(ctx)), [name]: { form, state: declared(form) } }, []);
  await addSource(ctx, { name, kind: 'offline', locator, credentials: {} });
}

/** The data map of a declared store: whose it is and what it is was declared with it. */
export function offlineMap(draft: DatasetMap, form: OfflineForm): DatasetMap {
  return {
    ...draft,
    role: 'customer',
    recordClass: form.recordClass,
    clocks: Object.fromEntries(Object.keys(form.clocks).map((event) => [event, event])),
    fields: draft.fields.map((f) => ({ ...f, category: f.name === 'about' ? 'free_text_may_contain' : null })),
    confidence: 1,
    evidence: ['person'],
  };
}

/** Writes the instruction to every holder whose units the plan wants gone or sealed; once for each action. */
export async function instructHolders(ctx: CaseContext, inventory: Inventory): Promise<void> {
  for (const [name, { form, state }] of Object.entries(await offlineStores(ctx))) {
    const planned = await plannedUnits(inventory, name);
    const action = planned ? actionFor(form, planned.disposition) : null;
    if (!planned || action === null || (state.instructed !== null && state.action === action)) continue;
    const pack = new Map(caseRules(ctx).map((r) => [r.id, r]));
    const { company } = await ctx.store.record();
    const letter = writeInstruction(form, action, {
      company,
      caseCode: ctx.code,
      store: name,
      day: today(ctx),
      planDigest: (await ctx.store.plan())!.digest.slice(0, 16),
      basis: planned.rules.flatMap((id) => (pack.has(id) ? [`${pack.get(id)!.law} ${pack.get(id)!.article}`] : [])),
      until: action === 'keep-until' ? planned.until : null,
    });
    writeDurable(join(folders(ctx).offline, `${name}-instruction.md`), letter);
    const at = ctx.clock.now().toISOString();
    const next = instruct(state, { action, letter: sha256(letter), at });
    await save(ctx, name, next, 'offline.instructed', { units: form.units, action, letter: sha256(letter) });
  }
  await ctx.store.replaceOpenItems('offline', await offlineItems(ctx));
}

/** The holder's answer with its document, which is kept sealed. Throws InstructError, JourneyError `unknown-officer`, `unknown-store`. */
export async function confirmOffline(
  ctx: CaseContext,
  name: string,
  answer: { count: number; by: string; document: string },
): Promise<OfflineState> {
  const officer = await officerBy(ctx, answer.by);
  const { state } = await storeBy(ctx, name);
  const document = keepDocument(ctx, name, answer.document);
  const next = confirm(state, { count: answer.count, by: officer.label, document, at: ctx.clock.now().toISOString(), store: name });
  await save(ctx, name, next, 'offline.confirmed', { count: answer.count, officer: officer.id, document });
  return next;
}

/** What an officer of another department saw. Throws as `confirmOffline`. */
export async function verifyOffline(
  ctx: CaseContext,
  name: string,
  look: { count: number; by: string; document: string | null },
): Promise<OfflineState> {
  const officer = await officerBy(ctx, look.by);
  const { form, state } = await storeBy(ctx, name);
  const next = verifyUnits(state, {
    count: look.count,
    by: officer.label,
    department: officer.department,
    holder: form.holder,
    document: look.document === null ? null : keepDocument(ctx, name, look.document),
    at: ctx.clock.now().toISOString(),
    store: name,
  });
  await save(ctx, name, next, 'offline.verified', { count: look.count, officer: officer.id, document: next.verified!.document });
  return next;
}

/** Enters stores that are verified to the last unit as done; returns the inventory numbers of units that are not. */
export async function settleOffline(ctx: CaseContext, inventory: Inventory): Promise<readonly number[]> {
  const open: number[] = [];
  for (const [name, { form, state }] of Object.entries(await offlineStores(ctx))) {
    const planned = await plannedUnits(inventory, name);
    if (!planned || actionFor(form, planned.disposition) === null) continue;
    const left = outstanding(state);
    if (left.uninstructed + left.unconfirmed + left.unverified > 0) {
      for (let index = planned.first; index <= planned.last; index++) open.push(index);
      continue;
    }
    const chunk = { dataset: `${name}/units`, first: planned.first, last: planned.last };
    if ((await ctx.store.chunk(chunk.dataset, chunk.first))?.state === 'done') continue;
    await ctx.store.intendChunk({ ...chunk, count: form.units });
    await ctx.store.finishChunk(chunk, { deleted: form.units, anonymised: 0, exceptions: [] });
  }
  return open;
}

async function offlineItems(ctx: CaseContext): Promise<OpenItem[]> {
  return Object.entries(await offlineStores(ctx)).flatMap(([name, { form, state }]) => {
    if (state.instructed === null) return [];
    const left = outstanding(state);
    const item = (kind: OpenItemKind, owner: OpenItem['owner'], count: number): OpenItem[] =>
      count > 0 ? [{ kind, owner, source: name, dataset: 'units', field: null, count, examples: [], detail: form.medium }] : [];
    return [
      ...item('offline-unconfirmed', form.holder, left.unconfirmed),
      ...item('offline-unverified', form.holder === 'it' ? 'legal' : 'it', left.unverified),
    ];
  });
}

async function plannedUnits(inventory: Inventory, name: string) {
  const sql = `SELECT min(idx) AS first, max(idx) AS last, min(disposition) AS disposition, CAST(CASE WHEN bool_and(until IS NOT NULL) THEN max(until) END AS VARCHAR) AS until, string_agg(DISTINCT rules, ',') AS rules
               FROM plan WHERE dataset = $1 HAVING count(*) > 0`;
  type Planned = { first: number; last: number; disposition: string; until: string | null; rules: string | null };
  for await (const row of inventory.query<Planned>(sql, [`${name}/units`]))
    return { ...row, rules: [...new Set((row.rules ?? '').split(',').filter(Boolean))] };
  return null;
}

async function save(
  ctx: CaseContext,
  name: string,
  state: OfflineState,
  kind: 'offline.instructed' | 'offline.confirmed' | 'offline.verified',
  body: Record<string, unknown>,
): Promise<void> {
  const stores = await offlineStores(ctx);
  await ctx.store.saveReport('offline', { ...stores, [name]: { ...stores[name]!, state } }, [entry(ctx, kind, { source: name, ...body })]);
  await ctx.store.replaceOpenItems('offline', await offlineItems(ctx));
}

/** A confirmation may name people: it is kept sealed, and known by the hash of its bytes. */
function keepDocument(ctx: CaseContext, name: string, path: string): string {
  const bytes = readFileSync(path);
  const hash = sha256(bytes);
  const writer = new SealedWriter(join(folders(ctx).offline, `${name}-${hash.slice(0, 16)}.sealed`), ctx.keys.ensure('offline'));
  writer.line({ file: basename(path), bytes: bytes.toString('base64') });
  writer.commit();
  return hash;
}

async function storeBy(ctx: CaseContext, name: string) {
  const found = (await offlineStores(ctx))[name];
  if (!found) throw new JourneyError('unknown-store', name);
  return found;
}

async function officerBy(ctx: CaseContext, label: string): Promise<Officer> {
  const officer = (await ctx.store.officers()).find((o) => o.label === label);
  if (!officer) throw new JourneyError('unknown-officer', label);
  return officer;
}
