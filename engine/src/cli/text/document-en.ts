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
    corrections: {
      columns: {
        number: 'no.',
        dataset: 'dataset',
        asks: 'correct to',
        by: 'by',
        state: 'state',
        effect: 'records moved',
        row: 'row',
        why: 'why not taken',
      },
      states: { proposed: 'waits for Legal', accepted: 'accepted', refused: 'not accepted' },
      asks: { hold: 'disposition: hold', role: 'whose', 'record-class': 'record class' },
      effect: '{moved}, of these harsher: {harsher}',
      gone: 'the plan has changed; make it again to see',
      none: 'no corrections',
      read: 'read: {taken} taken, {refused} rows refused, {untouched} rows not filled in',
      next: 'accepting voids the plan: make it again with shanhou plan, and all three sign again',
      refusals: {
        'unknown-row': 'no row of the present plan: changed, added, or from an older list',
        'row-twice': 'the same row code twice',
        'cell-changed': 'a cell that is not to be filled in was changed: {detail}',
        'unknown-word': 'not a word of the choices sheet: {detail}',
        'reason-missing': 'no reason given',
        'reason-too-long': 'the reason is longer than 500 signs',
        'reason-personal': 'the reason holds a name, phone, identity number or the like; use codes',
        floor: 'a rule keeps these records; no list shortens that: {detail}',
        'not-by-list': 'only a hold can be asked for; the rest follows from data map, facts and rules',
        'already-kept': 'not destroyed anyway; nothing to hold',
        'nothing-changed': 'the same as it is',
        contradiction: 'rows of one dataset ask for different things: {detail}',
      },
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
      'name one with --for; declare processors with shanhou offline add or case facts --processor',
    ],
    'JourneyError.list-unreadable': [
      'the list cannot be read: {detail}',
      'make it again with shanhou document disposal-list, without formulas, fill in the yellow columns only, save as xlsx',
    ],
    'JourneyError.list-of-another-plan': [
      'this is no disposal list of the present plan (digest {detail})',
      'make it again with shanhou document disposal-list and enter the corrections there',
    ],
    'JourneyError.unknown-correction': ['no correction waits under this number: {detail}', 'see shanhou document corrections'],
    'JourneyError.own-correction': ['who proposed a correction may not accept it: {detail}', 'another officer of Legal settles it'],
    'JourneyError.corrections-open': [
      'corrections wait for Legal ({detail}); nothing is executed',
      'see shanhou document corrections, settle them with shanhou document settle',
    ],
    'JourneyError.several-parties': ['several parties do not fit one file: {detail}', 'leave out --out, or name one with --for'],
  },
};
