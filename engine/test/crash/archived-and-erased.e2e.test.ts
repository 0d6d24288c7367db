// SPDX-License-Identifier: Apache-2.0
import { crashSite, diesAndConverges } from './stretches.ts';

diesAndConverges(crashSite(['answers.recorded', 1]), 2);
