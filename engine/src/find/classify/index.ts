// SPDX-License-Identifier: Apache-2.0
export { classifyDatasets } from './classify-datasets.ts';
export { type DocumentFindings, classifyDocuments, isDocuments, lookAtDocuments } from './classify-documents.ts';
export { type PersonalFindings, findPersonal } from './find-personal.ts';
export { type Span, classifyText } from './classify-text.ts';
export { type Difference, keepCorrections, mapDifference } from './keep-corrections.ts';
export { fitting } from './recognisers/fitting.ts';
export { RECOGNISERS } from './recognisers/index.ts';
export { type ScoreShape, scoreShape } from './score-shape.ts';
