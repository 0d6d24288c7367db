// SPDX-License-Identifier: Apache-2.0
import type { documentZh } from './document-zh.ts';

export const documentEn: typeof documentZh = {
  top: {
    documents: {
      plan: ['plan for the disposal of customer information', 'Legal, IT and the liquidation group approve it'],
      'disposal-list': ['information disposal list (xlsx, takes corrections)', 'departments check it'],
      'impact-assessment': ['personal information protection impact assessment', 'Legal and the liquidation group complete and sign it'],
      'rules-annex': ['rules annex: basis and how far checked', 'Legal confirms it'],
      'processor-letter': ['notice to return or delete, with confirmation form', 'one for each processor'],
      confidentiality: ['staff confidentiality agreement', 'staff sign it; --for code, blank without'],
      'liquidation-annex': ['annex to the liquidation report', 'shareholders, registry, auditors'],
      'hand-over-list': ['hand-over list', 'the custodian receives by it'],
      'liability-note': ['note on remaining liability', 'one a person: --for director-1,shareholder-1,liquidator-1'],
    },
    documentColumns: { name: 'name', title: 'document', reader: 'for whom', formats: 'formats' },
  },
  errors: {
    'JourneyError.unknown-party': [
      'there is no such party: {detail}',
      'processors by their declared name; director-1, shareholder-1, liquidator-1 for people of the company; staff by a code, not by name',
    ],
    'JourneyError.no-party': [
      'this document has nobody to go to: {detail}',
      'name one with --for; declare processors with shanhou offline add or facts --processor',
    ],
    'JourneyError.several-parties': ['several parties do not fit one file: {detail}', 'leave out --out, or name one with --for'],
  },
};
