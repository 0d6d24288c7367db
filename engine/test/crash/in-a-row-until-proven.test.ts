// SPDX-License-Identifier: Apache-2.0
import { crashSite, diesInARow } from './stretches.ts';

diesInARow(crashSite(['answers.recorded', 1]), [2, 3]);
