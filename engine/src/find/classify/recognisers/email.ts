// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

const valid = (text: string) => /^[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text);

export const email: Recogniser = {
  category: 'email',
  whole: valid,
  inside: { pattern: /(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g, check: valid },
  checked: false,
};
