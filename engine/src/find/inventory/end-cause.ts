// SPDX-License-Identifier: Apache-2.0
import type { EndCause } from '../../model/standing.ts';

/** The more special first: 协商解除 is also 解除. */
const CAUSES: readonly (readonly [RegExp, EndCause])[] = [
  [/expire|到期|期满|届满/i, 'expired'],
  [/perform|complete|fulfil|履行完毕|已履行|已完成|交付完成/i, 'performed'],
  [/协商|协议解除|合意解除|mutual|by agreement/i, 'rescinded.agreed'],
  [/约定解除|约定.{0,4}事由/, 'rescinded.ground-agreed'],
  [/法定解除|违约解除|根本违约|for breach/i, 'rescinded.statutory'],
  [/随时解除|任意解除|at will/i, 'rescinded.at-will'],
  [/自动解除|自动终止|视为解除|automatic/i, 'rescinded.automatic'],
  [/set.?off|抵销|抵消/i, 'set-off'],
  [/deposit|提存/i, 'deposited'],
  [/release|waive|免除/i, 'released'],
  [/merge|混同/i, 'merged'],
  [/service.?ceased|停业|停止服务|停止经营/i, 'service.ceased'],
  [/successor|承继|转让/i, 'assumed-by-successor'],
  // 终止 alone names no cause: every cause of 557 is one of 终止.
  [/rescind|terminat|cancel|解除|退订|取消/i, 'rescinded'],
];

/** The cause of 民法典 557 that a reason's words name, by the data map's own words first; `unknown` when they name none. */
export function endCause(words: string, own: Readonly<Record<string, EndCause>> = {}): EndCause {
  return own[words] ?? CAUSES.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown';
}
