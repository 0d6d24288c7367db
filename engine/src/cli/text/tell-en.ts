// SPDX-License-Identifier: Apache-2.0
import type { tellZh } from './tell-zh.ts';

export const tellEn: typeof tellZh = {
  top: {
    toldTitle: 'Notices',
    told: 'handed over {told} (of these answered {answered}) · refused {rejected} · bounced {bounced} · unknown {unknown} · not sent {unsent}',
    toldNote:
      '“Handed over”: the receiving server took it and did not give it back. Refused, bounced, unknown and not sent do not count as told',
    mail: {
      none: 'no mail is set for this case: notices are only written to the sealed outbox, none is sent. Set it: shanhou mail set --smtp … --from … --domain …',
      publish: 'To be published in the DNS before sending (DKIM):',
      returns: 'bounces and replies come to bounce+…@{domain} and reply+…@{domain}; let one mailbox take them all (plus addressing)',
      wordsGone: 'its words were not kept (or the key is destroyed); see the mailbox',
    },
    answerKinds: {
      'bounce-hard': 'bounce (permanent)',
      'bounce-soft': 'bounce (temporary)',
      delay: 'delivery status',
      'auto-reply': 'automatic reply',
      acknowledgement: 'acknowledged',
      objection: 'objection',
      correction: 'correction asked for',
      unclear: 'to be read by a person',
      'too-large': 'too large; see the mailbox',
    },
    answerStates: { open: 'open', settled: 'settled' },
  },
  errors: {
    'JourneyError.answers-unread': [
      '{detail} answers from customers have not been read by a person',
      'shanhou answers list / show ID, then shanhou answers settle ID [--hold]',
    ],
    'JourneyError.unknown-answer': ['there is no answer {detail}', 'ids are in shanhou answers list; at least the first 6 digits'],
    'JourneyError.answer-without-customer': [
      'this answer belongs to no customer that is known: {detail}',
      'find one of their records, run shanhou object NUMBER, then settle the answer',
    ],
    'JourneyError.unknown-notice': ['there is no notice {detail} with an unknown outcome', 'ids are in shanhou notify --unknown'],
    'JourneyError.no-mailbox-login': ['an IMAP mailbox needs a login', 'add --user-ref env:NAME or file:PATH holding user:password'],
    'NotifyError.bad-mail-setting': [
      'a mail setting is wrong: {detail}',
      'passwords go by --user-ref, never on the command line; the sender must belong to --domain',
    ],
    'NotifyError.mail-server-unreachable': [
      'the mail server cannot be reached ({detail})',
      'restore it and run shanhou notify again; it goes on with what was not sent',
    ],
    'NotifyError.mail-login-refused': ['the mail server refused the login ({detail})', 'check the account behind --user-ref'],
    'NotifyError.mail-tls-refused': [
      'no TLS with the mail server ({detail})',
      "check the server's certificate and port; do not send without TLS",
    ],
    'NotifyError.mail-sender-refused': [
      'the mail server does not accept the sender ({detail})',
      'check --from, --domain and whether the account may send for that domain',
    ],
    'NotifyError.mailbox-unreadable': [
      'the mailbox cannot be read ({detail})',
      'check path or server and rights; what was read is recorded, run it again',
    ],
    'NotifyError.mailbox-login-refused': ['the mailbox refused the login ({detail})', 'check the account behind --user-ref'],
  },
};
