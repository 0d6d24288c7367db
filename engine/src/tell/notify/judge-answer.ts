// SPDX-License-Identifier: Apache-2.0
import type { AnswerKind } from '../../model/notice.ts';
import type { Answer } from './parse-answer.ts';

/*
 * What an incoming message is. Machines are told by what they must say of themselves (RFC 3464, RFC 3834); a person's words are taken
 * for an objection or a correction where they say so, for a plain acknowledgement only where nothing else is said, and are otherwise
 * `unclear`: a person must read them.
 */
export function judgeAnswer(a: Answer): { readonly kind: AnswerKind; readonly detail: string } {
  const bounce = judgeReport(a) ?? judgeBareBounce(a);
  if (bounce) return bounce;
  if ((a.autoSubmitted !== '' && a.autoSubmitted !== 'no') || a.autoReply) return { kind: 'auto-reply', detail: '' };
  const words = ownWords(a.text);
  const plain = words.replaceAll(NEGATED, ' ');
  if (OBJECTION.test(plain)) return { kind: 'objection', detail: '' };
  if (CORRECTION.test(plain)) return { kind: 'correction', detail: '' };
  if (a.attachments === 0 && isPlain(words)) return { kind: 'acknowledgement', detail: '' };
  return { kind: 'unclear', detail: a.attachments > 0 ? 'attachment' : '' };
}

function judgeReport(a: Answer): { kind: AnswerKind; detail: string } | null {
  if (a.statuses.length === 0) return null;
  const failed = a.statuses.find((s) => s.action === 'failed');
  if (failed) return { kind: failed.status.startsWith('4') ? 'bounce-soft' : 'bounce-hard', detail: statusCode(failed.status) };
  return { kind: 'delay', detail: a.statuses[0]!.action };
}

/** A bounce without a report: the null sender, or a mail system's own name, saying at our bounce address that it could not deliver. */
function judgeBareBounce(a: Answer): { kind: AnswerKind; detail: string } | null {
  if (!a.nullSender || !(a.toBounce || a.codes.length > 0)) return null;
  const said = `${a.subject}\n${a.text}`;
  if (!UNDELIVERED.test(said)) return null;
  const status = /\b([45])\.\d{1,3}\.\d{1,3}\b/.exec(said) ?? /\b([45])\d\d[ -]/.exec(said);
  const soft = status ? status[1] === '4' : FULL.test(said);
  return { kind: soft ? 'bounce-soft' : 'bounce-hard', detail: statusCode(status?.[0] ?? '') };
}

const statusCode = (text: string) => /^[45](\.\d{1,3}\.\d{1,3}|\d\d)?/.exec(text)?.[0] ?? '';

const UNDELIVERED =
  /undeliver|delivery (status|failure|has failed|to the following)|mail delivery (failed|system|subsystem)|returned (mail|to sender)|could not be delivered|failure notice|退信|无法(投递|送达)|(投递|发送)失败|退回|未能送达/i;
const FULL = /mailbox (is )?full|over ?quota|(邮箱|信箱)(已满|空间不足)/i;

/** "No objection" must not be read as one. */
const NEGATED =
  /没有(任何)?异议|无(任何)?异议|不反对|不持异议|\b(no|without|not have any|don['’]?t have any) objections?\b|\bdo(es)?(n['’]t| not) object\b/gi;
const OBJECTION =
  /异议|反对|不同意|不接受|(不要|不得|请勿|勿|别|停止|暂停|拒绝|先别|不能|不许)[^。！？\n]{0,12}(删|销毁|处置|匿名)|(继续|请|要求)保留|\bobject(s|ion|ions|ing)?\b|\b(do not|don['’]t|stop|must not|never)\b[^.\n]{0,40}\b(delet|destr|eras|remov)|\b(disagree|oppose)\b|\bkeep my (data|records?|information)\b/i;
const CORRECTION =
  /更正|改正|修正|有误|错误|不正确|不对|写错|信息不符|补充更改|\bcorrect(ion|ions|ed)?\b|\bincorrect\b|\binaccurate\b|\brectif|\bwrong\b|\bmistake/i;
/** Longest first; taken out one by one, so that no text can make this slow. */
const PLAIN =
  /没有(?:任何)?异议|无(?:任何)?异议|no objections?|acknowledged|thank you|understood|已收到|received|your|email|noted|thanks?|hello|got it|okay|收到|知悉|知道|已阅|了解|明白|谢谢|多谢|感谢|同意|好的|您好|你好|本人|已经|邮件|通知|告知|notice|the|ok|hi|好|我|已|了|您|你/gi;
const LONGEST_PLAIN = 200;

/** Nothing but words of acknowledgement, and at least one of them. */
function isPlain(words: string): boolean {
  return words !== '' && words.length <= LONGEST_PLAIN && !/[^\s,，.。!！;；~～]/.test(words.replaceAll(PLAIN, '')) && /\p{L}/u.test(words);
}

/** The sender's own words: quoted lines and everything below the head of a quoted original are left out, and signatures. */
export function ownWords(text: string): string {
  const out: string[] = [];
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    if (QUOTE_HEAD.test(line.trim()) || line === '-- ') break;
    if (!line.startsWith('>')) out.push(line);
  }
  return out.join('\n').trim();
}

const QUOTE_HEAD =
  /^(-{2,}\s*(原始邮件|回复的原邮件|转发邮件|original message|forwarded message)\s*-{2,}|-{5,}|_{5,}|(发件人|寄件者|from)\s*[:：]|在.{4,80}写道\s*[:：]|.{4,80}于.{4,60}写道\s*[:：]|on .{4,120} wrote\s*:|于.{4,60}写道\s*[:：])/i;
