// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

const valid = (text: string) =>
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\/\d{1,2})?$/.test(text) ||
  (/^[0-9a-f:]{3,39}$/i.test(text) && text.split(':').length > 3);

export const ip: Recogniser = { category: 'ip', whole: valid, inside: null, checked: false };
