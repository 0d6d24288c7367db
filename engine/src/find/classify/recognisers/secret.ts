// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

/** Password hashes in the forms that say so: bcrypt, argon2, PBKDF2, scrypt, crypt(3), and Spring's `{bcrypt}` before them. */
export const passwordHash: Recogniser = {
  category: 'password',
  whole: (text) => /^(?:\{\w+\})?\$(?:2[abxy]|argon2\w*|pbkdf2\S*|scrypt|[156])\$\S{10,}$/.test(text),
  inside: null,
  checked: true,
};

/** Signed tokens: header, claims and signature of a JWT (RFC 7519). */
export const jwt: Recogniser = {
  category: 'token',
  whole: (text) => /^(?:Bearer )?eyJ[\w-]{8,}\.eyJ[\w-]+\.[\w-]+$/.test(text),
  inside: { pattern: /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]+\.[\w-]+/g, check: () => true },
  checked: true,
};
