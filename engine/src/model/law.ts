// SPDX-License-Identifier: Apache-2.0
/** The closed lists of a rule pack (规则包). */
export const SECTORS = [
  'all',
  'e-commerce-platform',
  'e-commerce-seller',
  'livestream',
  'retail-b2c',
  'prepaid-card',
  'financial-institution',
  'payment',
  'securities',
  'securities-infrastructure',
  'securities-services',
  'fund',
  'futures',
  'futures-services',
  'insurance',
  'credit-reporting',
  'ca-service',
  'investment-advice',
  'appraisal',
  'procurement',
  'auction',
  'pawn',
  'precious-metals',
  'lawyers-accountants',
  'medical',
  'medical-device',
  'pharma',
  'cosmetics',
  'food',
  'food-logistics',
  'travel',
  'hotel',
  'express',
  'ride-hailing',
  'auto',
  'used-car',
  'real-estate-broker',
  'real-estate-developer',
  'rental-housing',
  'property-management',
  'hr-services',
  'education',
  'security-services',
  'entertainment',
  'internet-cafe',
  'telecom-internet',
  'cii-operator',
  'state-organ',
  'hazardous-goods',
  'export-control',
  'elderly-care',
  'intermediary',
] as const;
export type Sector = (typeof SECTORS)[number];

export const RECORD_CLASSES = [
  'any-pi',
  'any-data',
  'important-data',
  'account',
  'contract',
  'order',
  'payment',
  'prepaid-balance',
  'invoice',
  'accounting-voucher',
  'ledger',
  'accounting-report',
  'accounting-admin',
  'tax-record',
  'kyc',
  'transaction-record',
  'merchant-identity',
  'product-listing',
  'medical-record',
  'prescription',
  'vaccination-record',
  'drug-record',
  'device-record',
  'product-trace-record',
  'supplier-record',
  'ticket',
  'booking',
  'guest-register',
  'waybill',
  'marketing',
  'log',
  'video-surveillance',
  'livestream-video',
  'biometric',
  'location',
  'child-pi',
  'complaint',
  'training',
  'piia',
  'sharing-record',
  'policy-insurance',
  'suitability-record',
  'advice-record',
  'credit-info',
  'certificate-record',
  'working-paper',
  'procurement-file',
  'buyer-identity',
  'vehicle-record',
  'repair-record',
  'elder-file',
  'service-ledger',
  'property-record',
  'employee-contract',
  'wage-record',
  'archives',
  'correspondence',
  'trade-secret',
  'litigation-evidence',
  'liquidation-file',
] as const;
/** Record class (业务类别): decides which statute applies. */
export type RecordClass = (typeof RECORD_CLASSES)[number];

export const START_EVENTS = [
  'contract.ended',
  'relationship.ended',
  'transaction.completed',
  'invoice.issued',
  'fiscal-year.ended',
  'record.created',
  'account.closed',
  'captured',
  'product.shelf-life-ended',
  'visit.last',
  'policy.ended',
  'certificate.expired',
  'event.ended',
  'service.ceased',
  'request.received',
  'incident.known',
  'group.formed',
  'dissolution.cause',
  'deregistration',
  'permanent',
  'other',
] as const;
/** What starts a statutory clock (起算). */
export type StartEvent = (typeof START_EVENTS)[number];

export const EFFECTS = [
  'retain',
  'delete-by',
  'delete-on-event',
  'restrict-use',
  'notify',
  'handover',
  'transfer-condition',
  'consent-condition',
  'report',
  'audit',
  'secure',
  'liability',
  'definition',
] as const;
export type Effect = (typeof EFFECTS)[number];

/** One version of one provision. Field meanings: docs/reference/rule-pack.md. Periods are ISO 8601 durations; dates YYYY-MM-DD. */
export interface Rule {
  readonly id: string;
  readonly law: string;
  readonly lawEn: string;
  readonly article: string;
  readonly level: string;
  readonly inForceFrom: string | null;
  readonly inForceTo: string | null;
  readonly effect: Effect;
  readonly decides: 'hard' | 'confirm' | 'info';
  readonly bound: 'floor' | 'ceiling' | 'exact' | null;
  readonly period: string | null;
  readonly startEvent: StartEvent | null;
  readonly storageBasis: 'direct' | 'direct-no-period' | 'delegated' | 'unanchored' | null;
  readonly sectors: readonly Sector[];
  /** ALL must hold; `a|b` = either. An unknown fact is a gap. */
  readonly conditions: readonly string[];
  readonly recordClasses: readonly RecordClass[];
  readonly minimumFields: readonly string[] | null;
  /** Provisions that this one carries out; a period counts as the law's own only through them (PIPL 47 ¶2). */
  readonly parent?: readonly string[] | null;
  /** Day since which some version of the provision has bound. */
  readonly dutySince?: string | null;
  /** What ISO 8601 cannot say about the period, in words. */
  readonly periodRule?: string | null;
  /** ISO 3166-2 with the GB/T 2260 code, e.g. CN-440300; null = the whole country. */
  readonly region?: string | null;
  /** Id of the version that took this one's place. */
  readonly supersededBy?: string | null;
  readonly supersedes?: readonly string[];
  /** How records made under the earlier version are treated, in words; settled: true = by the text, false = for counsel, null = reasoned. */
  readonly transitionZh?: string | null;
  readonly transitionEn?: string | null;
  readonly transitionSettled?: boolean | null;
  readonly startStated?: boolean | null;
  readonly startEventText?: string | null;
  readonly noteZh?: string | null;
  readonly noteEn?: string | null;
  readonly summaryZh: string;
  readonly summaryEn: string;
  readonly source: string;
  /** Whether somebody compared the rule with `source`; absent = nobody said. */
  readonly verified?: boolean;
}
