// SPDX-License-Identifier: Apache-2.0
import { ExecuteError } from '../error.ts';
import { isGzip, openGzip, rewriteGzip } from './gzip-bytes.ts';
import { type ZipMember, isZip, openZip } from './zip-bytes.ts';

const DEEPEST = 3;

/** What is to become of the bytes at a place within nested archives; null = they go. */
export interface MemberEdit {
  /** Member names from the outermost archive inwards; empty = the file itself. */
  readonly members: readonly string[];
  apply(bytes: Uint8Array): Uint8Array | null;
}

/** Bytes at a place in nested archives, null where there is none. Throws ExecuteError `file-unreadable`. */
export function readMember(bytes: Uint8Array, members: readonly string[], file: string): Uint8Array | null {
  if (members.length > DEEPEST) throw new ExecuteError('file-unreadable', { file, state: 'nesting' });
  const [name, ...inner] = members;
  if (name === undefined) return bytes;
  if (isGzip(bytes)) return readMember(openGzip(bytes, file), inner, file);
  const zip = openZip(bytes, file);
  const found = only(zip.members, name);
  return found === null ? null : readMember(zip.read(found), inner, file);
}

/** Why members of this archive, or of one on the way to them, may not be taken out; null = they may. */
export function archiveRefusal(bytes: Uint8Array, members: readonly string[], file: string): string | null {
  const [name, ...inner] = members;
  if (name === undefined) return null;
  if (isGzip(bytes)) return inner.length === 0 ? null : archiveRefusal(openGzip(bytes, file), inner, file);
  const zip = openZip(bytes, file);
  if (zip.refused !== null) return zip.refused;
  if (zip.members.filter((member) => member.name === name).length > 1) return 'member-name-twice';
  const found = only(zip.members, name);
  return found === null || inner.length === 0 ? null : archiveRefusal(zip.read(found), inner, file);
}

/** The file after the edits; null when nothing of it stays. Nothing is unpacked to disk. Throws ExecuteError `file-unreadable`. */
export function editMembers(bytes: Uint8Array, edits: readonly MemberEdit[], file: string): Uint8Array | null {
  const own = edits.find((edit) => edit.members.length === 0);
  if (own) return own.apply(bytes);
  const inward = new Map<string, MemberEdit[]>();
  for (const edit of edits) {
    const [name, ...members] = edit.members;
    inward.set(name!, [...(inward.get(name!) ?? []), { members, apply: (inner) => edit.apply(inner) }]);
  }
  if (isGzip(bytes)) {
    const content = editMembers(openGzip(bytes, file), [...inward.values()].flat(), file);
    return content === null ? null : rewriteGzip(bytes, content);
  }
  if (!isZip(bytes)) throw new ExecuteError('file-unreadable', { file, state: 'not-an-archive' });
  const zip = openZip(bytes, file);
  const changes = new Map<ZipMember, Uint8Array | null>();
  for (const [name, inner] of inward) {
    const member = only(zip.members, name);
    if (member) changes.set(member, editMembers(zip.read(member), inner, file));
  }
  return zip.rewrite(changes);
}

function only(members: readonly ZipMember[], name: string): ZipMember | null {
  return members.find((member) => member.name === name) ?? null;
}

/** What `work` gives; a file that cannot be read in its format blocks its own records and nothing else. */
export function orRefused<T>(work: () => T): T | 'file-unreadable' {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExecuteError && error.code === 'file-unreadable') return error.code;
    throw error;
  }
}
