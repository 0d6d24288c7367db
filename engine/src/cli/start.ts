// SPDX-License-Identifier: Apache-2.0
import { enableCompileCache } from 'node:module';

/* The launcher: Node keeps what it compiled (code only, in the system's temp folder), which halves the start of every command. */
enableCompileCache();
await import('./main.ts');
