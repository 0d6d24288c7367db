// SPDX-License-Identifier: Apache-2.0
import { crashSite, diesAndConverges } from './stretches.ts';

diesAndConverges(crashSite(['execute.intent-recorded', 1]), 3);
