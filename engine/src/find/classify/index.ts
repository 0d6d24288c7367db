// SPDX-License-Identifier: Apache-2.0
export { classifyDataset, refineRoles, scoreShape } from './classify-dataset.ts';
export { type Span, classifyText } from './classify-text.ts';
export { RECOGNISERS } from './recognisers/index.ts';
