// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts, SuccessorFacts } from '../../model/case.ts';
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

/** Who takes the customers' records over, or what the principal told its processor to do. One for a case. */
export type Successor = SuccessorFacts;
