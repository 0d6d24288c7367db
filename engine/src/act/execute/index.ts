// SPDX-License-Identifier: Apache-2.0
export { plantCanaries, removeCanaries } from './canary.ts';
export { ExecuteError, type ExecuteErrorCode } from './error.ts';
export { type ExecuteChunkArgs, executeChunk } from './execute-chunk.ts';
export { openEraser } from './open-eraser.ts';
export type { ChunkLedger, EraseJob, Eraser, Intent, IntentMarks } from './ports.ts';
