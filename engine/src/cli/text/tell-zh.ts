// SPDX-License-Identifier: Apache-2.0
/** What is said about notices and answers; tell-en.ts has the same shape by type. */
export const tellZh = {
  top: {
    toldTitle: '告知',
    told: '已交付 {told}（其中已答复 {answered}） · 被拒收 {rejected} · 退信 {bounced} · 结果未知 {unknown} · 未发出 {unsent}',
    toldNote: '“已交付”指收件方服务器已收下且未退回；被拒收、退信、结果未知、未发出的，都不算已告知',
    mail: {
      none: '本案没有设定邮件：告知只写入加密发件箱，不会发出。设定：shanhou mail set --smtp … --from … --domain …',
      publish: '发信前请在 DNS 公布（DKIM）：',
      returns: '退信与答复会寄到 bounce+…@{domain} 和 reply+…@{domain}，请让同一个邮箱收下（plus addressing）',
      wordsGone: '原文没有留存（或密钥已销毁）；请到邮箱里看',
    },
    answerKinds: {
      'bounce-hard': '退信（永久）',
      'bounce-soft': '退信（暂时）',
      delay: '投递状态通知',
      'auto-reply': '自动回复',
      acknowledgement: '已知悉',
      objection: '异议',
      correction: '更正请求',
      unclear: '须人工阅读',
      'too-large': '过大，须在邮箱里看',
    } as Record<string, string>,
    answerStates: { open: '待办', settled: '已了' },
  },
  errors: {
    'JourneyError.answers-unread': [
      '有 {detail} 封客户答复还没有人读',
      'shanhou answers list / show ID，读后 shanhou answers settle ID [--hold]',
    ],
    'JourneyError.unknown-answer': ['没有答复 {detail}', '编号取自 shanhou answers list，至少前 6 位'],
    'JourneyError.answer-without-customer': ['这封答复没有对应的客户：{detail}', '找到其任一记录后运行 shanhou object 清点序号，再销项'],
    'JourneyError.unknown-notice': ['没有结果未知的告知 {detail}', '编号取自 shanhou notify --unknown'],
    'JourneyError.no-mailbox-login': ['读 IMAP 邮箱要有账号', '加 --user-ref env:NAME 或 file:PATH，内容为 user:password'],
    'NotifyError.bad-mail-setting': ['邮件设置不对：{detail}', '口令不写在命令里，用 --user-ref；发件人须属于 --domain'],
    'NotifyError.mail-server-unreachable': ['连不上发信服务器（{detail}）', '恢复后重新运行 shanhou notify，会从没有发出的继续'],
    'NotifyError.mail-login-refused': ['发信服务器拒绝登录（{detail}）', '核对 --user-ref 指向的账号与口令'],
    'NotifyError.mail-tls-refused': ['与发信服务器建立不了 TLS（{detail}）', '核对服务器证书与端口；不要在没有 TLS 时发信'],
    'NotifyError.mail-sender-refused': ['发信服务器不接受发件人（{detail}）', '核对 --from、--domain 与账号是否有权以该域名发信'],
    'NotifyError.mailbox-unreadable': ['读不了邮箱（{detail}）', '核对路径或服务器地址与权限；读到的已记下，可重新运行'],
    'NotifyError.mailbox-login-refused': ['邮箱拒绝登录（{detail}）', '核对 --user-ref 指向的账号与口令'],
  } as Record<string, readonly [message: string, remedy: string]>,
};
