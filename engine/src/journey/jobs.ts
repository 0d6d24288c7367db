// SPDX-License-Identifier: Apache-2.0
import { PgBoss } from 'pg-boss';
import type { CaseContext } from './context.ts';

export interface Unit {
  /** Unique in the step: a dataset. */
  readonly key: string;
  run(): Promise<void>;
}

/**
 * Runs the units of a step as jobs, one after the other, in this process. The caller holds the case lock, so jobs left active by
 * a killed process belong to nobody and are replaced; each unit is idempotent and finds out by itself what is already done.
 * The first unit that throws fails its job and ends the step; a later run takes it up again.
 */
export async function runJobs(ctx: CaseContext, step: string, units: readonly Unit[]): Promise<void> {
  if (units.length === 0) return;
  const boss = new PgBoss({ ...ctx.connection, schema: 'shanhou_jobs', supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    const queue = `${step}-${ctx.store.caseId}`;
    await boss.createQueue(queue, { retryLimit: 0, heartbeatSeconds: 60 });
    await boss.deleteAllJobs(queue);
    await boss.insert(
      queue,
      units.map((unit, i) => ({ data: { key: unit.key }, singletonKey: unit.key, priority: units.length - i })),
    );
    const byKey = new Map(units.map((unit) => [unit.key, unit]));
    for (;;) {
      const [job] = await boss.fetch<{ key: string }>(queue);
      if (!job) return;
      await runOne(boss, queue, job.id, byKey.get(job.data.key)!);
    }
  } finally {
    await boss.stop({ graceful: false, close: true });
  }
}

async function runOne(boss: PgBoss, queue: string, id: string, unit: Unit): Promise<void> {
  const beat = setInterval(() => void boss.touch(queue, id).catch(() => undefined), 20_000);
  try {
    await unit.run();
    await boss.complete(queue, id);
  } catch (error) {
    await boss.fail(queue, id, { code: String((error as { code?: unknown }).code ?? 'error') });
    throw error;
  } finally {
    clearInterval(beat);
  }
}
