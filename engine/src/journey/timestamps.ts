// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurable } from '../kit/index.ts';
import type { OpenItem } from '../model/open-item.ts';
import {
  type Authority,
  CHECKPOINT_FILE,
  EvidenceError,
  type EvidenceLog,
  NO_AUTHORITIES,
  type Stamps,
  type TimestampSettings,
  stampCheckpoint,
  timestampTrust,
  trustFile,
} from '../prove/evidence/index.ts';
import { type CaseContext, folders } from './context.ts';
import { JourneyError } from './error.ts';

const REPORT = 'timestamp-authorities';
/** Its open items are not part of the sealed list: a later run may settle them. */
export const TIMESTAMP_STEP = 'timestamp';

/** The authorities of a case and how many of them must have stamped. */
export async function timestampSettings(ctx: CaseContext): Promise<TimestampSettings> {
  return (await ctx.store.report<TimestampSettings>(REPORT)) ?? NO_AUTHORITIES;
}

/** Enters an authority, or enters it anew. `roots`: PEM. Throws JourneyError `bad-authority`. */
export async function addTimestampAuthority(ctx: CaseContext, authority: Authority): Promise<void> {
  const { quorum, authorities } = await timestampSettings(ctx);
  await save(ctx, { quorum, authorities: [...authorities.filter((a) => a.name !== authority.name), authority] });
}

/** Takes an authority out; a token that it gave leaves the bundle at the next `makeEvidence`. Throws JourneyError `bad-authority`. */
export async function removeTimestampAuthority(ctx: CaseContext, name: string): Promise<void> {
  const { quorum, authorities } = await timestampSettings(ctx);
  if (!authorities.some((a) => a.name === name)) throw new JourneyError('bad-authority', name);
  await save(ctx, { quorum, authorities: authorities.filter((a) => a.name !== name) });
}

/** How many different authorities the case wants, 1…9. */
export async function setTimestampQuorum(ctx: CaseContext, quorum: number): Promise<void> {
  await save(ctx, { ...(await timestampSettings(ctx)), quorum });
}

async function save(ctx: CaseContext, settings: TimestampSettings): Promise<void> {
  try {
    timestampTrust(settings);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    throw new JourneyError('bad-authority', Object.values(error.details).join(' '), error);
  }
  await ctx.store.saveReport(REPORT, settings, []);
}

/** Gets what tokens are still missing over a checkpoint. What is not there becomes an open item with an owner. */
export async function stampEvidence(ctx: CaseContext, checkpoint: string): Promise<Stamps> {
  const settings = await timestampSettings(ctx);
  const { ask, crash } = { ask: ctx.askAuthority, crash: ctx.crash };
  const stamps = await stampCheckpoint({ folder: folders(ctx).timestamps, checkpoint, settings, ask, crash });
  const wanted = settings.quorum - settings.authorities.length;
  await ctx.store.replaceOpenItems(TIMESTAMP_STEP, [
    ...stamps.missing.map(({ name, reason }) => missing('it', 1, `${name}: ${reason}`)),
    ...(wanted > 0 ? [missing('lead', wanted, 'no-authority')] : []),
  ]);
  return stamps;
}

function missing(owner: OpenItem['owner'], count: number, detail: string): OpenItem {
  return { kind: 'timestamp-missing', owner, source: null, dataset: null, field: null, count, examples: [], detail };
}

/** The checkpoint inside a bundle, which tokens of later runs are over too; null when there is no bundle. */
export function bundleCheckpoint(bundle: string): string | null {
  const path = join(bundle, ...CHECKPOINT_FILE.split('/'));
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** What this case trusts, as the checker takes it; written beside the keys for handing on: `anchor.txt` and `trust.txt`. */
export async function writeAnchors(ctx: CaseContext, log: EvidenceLog) {
  const timestamps = timestampTrust(await timestampSettings(ctx));
  const anchors = { logs: [log.vkey], timestamps };
  writeDurable(join(ctx.keys.folder, 'anchor.txt'), `${log.vkey}\n`);
  writeDurable(join(ctx.keys.folder, 'trust.txt'), trustFile({ logs: anchors.logs, ...timestamps }));
  return anchors;
}
