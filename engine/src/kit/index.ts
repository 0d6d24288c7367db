// SPDX-License-Identifier: Apache-2.0
export { canonicalJson } from './canonical-json.ts';
export { type Clock, clockFrom, legalDay, systemClock } from './clock.ts';
export { DurableWriter, syncDirectory, writeDurable, writeDurably } from './durable-file.ts';
export { newId } from './ids.ts';
export { fingerprintRow, keyedHash, sha256 } from './keyed-hash.ts';
export { type Keyring, KeyringError, openKeyring } from './keyring.ts';
export { SealedError, SealedWriter, readSealed } from './sealed-file.ts';
export { type Period, isDay, periodEnd, readPeriod } from './period.ts';
export { bareName, namesSomebodyElse, placeOf, plainName, singular, wordsOf } from './name-words.ts';
export { writtenOut } from './short-words.ts';
export { zipOf } from './zip-of.ts';
export {
  REDIS_KINDS,
  type RedisKind,
  type RedisName,
  keyOfParts,
  parseRedisName,
  partPattern,
  redisName,
  scanGlob,
  splitRedisKey,
  variableParts,
} from './redis-name.ts';
export { MORE, type RedisItem, bytesOfText, jsonFields, keyColumns, leadColumns, redisRows, textOfBytes } from './redis-row.ts';
