// SPDX-License-Identifier: Apache-2.0
import { LineCounter, parseDocument } from 'yaml';
import { DEPARTMENTS, type Department } from '../model/department.ts';
import { RECORD_CLASSES, type RecordClass, START_EVENTS, type StartEvent } from '../model/law.ts';
import { OFFLINE_MEDIA, type OfflineForm, type OfflineMedium } from '../model/offline.ts';
import { ConfigError } from './error.ts';

const KEYS = ['medium', 'holder', 'place', 'units', 'unit', 'about', 'recordClass', 'clocks'] as const;

/**
 * The form that declares an offline store, as YAML text:
 * `medium: paper, holder: sales, place: …, units: 2, unit: 箱, about: …, recordClass: contract, clocks: { contract.ended: 2024-12-31 }`.
 * Throws ConfigError naming file, line and field.
 */
export function readOfflineForm(text: string, file: string): OfflineForm {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: 'failsafe' });
  const problem = doc.errors[0];
  if (problem) throw new ConfigError('yaml-unreadable', `${file}:${problem.linePos?.[0].line ?? 1}: ${problem.code}`, problem);
  const body = doc.toJS() as Record<string, unknown> | null;
  if (body === null || typeof body !== 'object') throw new ConfigError('offline-form-invalid', `${file}:1: ${KEYS.join(' ')}`);
  const refuse = (path: readonly string[]): never => {
    const node = doc.getIn(path, true) as { range?: [number, number, number] } | undefined;
    throw new ConfigError('offline-form-invalid', `${file}:${node?.range ? lines.linePos(node.range[0]).line : 1}: ${path.join(' › ')}`);
  };
  for (const key of Object.keys(body)) if (!(KEYS as readonly string[]).includes(key)) refuse([key]);
  const words = (key: (typeof KEYS)[number]): string => {
    const value = body[key];
    return typeof value === 'string' && value.trim() !== '' && value.length <= 200 ? value.trim() : refuse([key]);
  };
  const oneOf = <T extends string>(key: (typeof KEYS)[number], all: readonly T[]): T => {
    const value = words(key);
    return all.find((one) => one === value) ?? refuse([key]);
  };
  const units = Number(words('units'));
  if (!Number.isInteger(units) || units < 1 || units > 10_000) refuse(['units']);
  const clocks: Partial<Record<StartEvent, string>> = {};
  for (const [event, day] of Object.entries((body['clocks'] ?? {}) as Record<string, unknown>)) {
    const known = START_EVENTS.find((e) => e === event) ?? refuse(['clocks', event]);
    clocks[known] = isDay(day) ? day : refuse(['clocks', event]);
  }
  return {
    medium: oneOf<OfflineMedium>('medium', OFFLINE_MEDIA),
    holder: oneOf<Department>('holder', DEPARTMENTS),
    place: words('place'),
    units,
    unit: words('unit'),
    about: words('about'),
    recordClass: oneOf<RecordClass>('recordClass', RECORD_CLASSES),
    clocks,
  };
}

/** A day of the calendar: 2026-02-30 is none. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
