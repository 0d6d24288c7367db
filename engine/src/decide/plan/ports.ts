// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { RecordClass, Rule } from '../../model/law.ts';

/** Which rules speak to a record, and which hang on a condition nobody answered. The room `law` answers. */
export type Applicable = (
  rules: readonly Rule[],
  question: {
    readonly facts: CaseFacts;
    readonly recordClass: RecordClass;
    readonly day: string;
    readonly minor: boolean | null;
    /** Also versions no longer in force on the day. */
    readonly earlier?: boolean;
  },
) => {
  readonly applies: readonly Rule[];
  readonly unknownConditions: readonly { readonly rule: Rule }[];
};

/** Who takes the customers' records over (PIPL 22, 23), or what the principal told its processor to do (PIPL 21). One for a case. */
export interface Successor {
  readonly samePurpose?: boolean;
  /** Day on which name and contact of the successor were made known to the persons; null = not yet. */
  readonly noticeSentOn?: string | null;
  /** The persons consented separately (PIPL 23, 39), or anew to another purpose (PIPL 22). */
  readonly separateConsent?: boolean;
  readonly instruction?: 'return' | 'delete';
}
