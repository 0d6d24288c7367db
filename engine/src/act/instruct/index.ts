// SPDX-License-Identifier: Apache-2.0
export { INSTRUCT_ERROR_CODES, InstructError } from './error.ts';
export { actionFor, confirm, declared, instruct, outstanding, verifyUnits } from './offline-state.ts';
export { type InstructionHead, writeInstruction } from './write-instruction.ts';
