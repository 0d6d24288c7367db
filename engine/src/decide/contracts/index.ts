// SPDX-License-Identifier: Apache-2.0
export { standingOf } from './standing-of.ts';
