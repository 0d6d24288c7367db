// SPDX-License-Identifier: Apache-2.0
export { classifyDataset, refineRoles, scoreShape } from './classify-dataset.ts';
export { type DocumentFindings, classifyDocuments, isDocuments, lookAtDocuments } from './classify-documents.ts';
export { type PersonalFindings, findPersonal } from './find-personal.ts';
export { type Span, classifyText } from './classify-text.ts';
export { RECOGNISERS } from './recognisers/index.ts';
