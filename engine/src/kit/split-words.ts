// SPDX-License-Identifier: Apache-2.0

/*
 * Names written without a mark between their words: `tblclients`, `ipaddress`, `hetongbianhao`. A word is only taken apart when all of it is
 * words of ordinary business data, so that `relationship` or `passport` stay whole.
 */
const WORDS = new Set(
  `tbl tab t_ info data list item items log logs detail details record records history type types code codes name names number numbers num nos no id ids key keys
  date time amount total status state flag level value values field fields custom customer customers client clients member members user users usr account accounts
  admin admins staff employee employees worker contact contacts order orders invoice invoices payment payments bill bills product products goods item items ticket
  tickets reply replies message messages email emails mail mobile phone phones telephone tel fax address addresses addr street city country state zip post postal
  first last middle full real nick display company companies shop store stores supplier suppliers vendor vendors patient patients doctor doctors student students
  teacher teachers course courses class booking bookings reservation reservations room rooms guest guests hotel card cards bank acct credit debit tax vat ip mac url
  ipaddr login logout logon last password passwd pass pwd pw reset token session secret hash salt domain domains server servers hosting service services product
  package packages category categories currency currencies announcement announcements affiliate affiliates activity event events note notes comment comments
  birth birthday gender sex age photo image picture avatar icon file files attachment description content title subject text remark reason answer question
  dedicated assigned public security social owner holder receiver sender consignee delivery shipping express logistics coupon coupons cart collect favorite
  parent child children family relation work home office job department dept position role roles permission menu config setting settings dict region area province
  district insurance policy policies claim claims contract contracts loan loans driver drivers vehicle vehicles car house property building complaint feedback
  yonghu huiyuan kehu xueyuan xuesheng laoshi jiaoshi yisheng huanzhe bingren yezhu laoren jiashu yuangong dingdan hetong baodan fapiao jiaofei shoufei tuikuan
  zhifu yuyue jilu xinxi biao leixing zhuangtai bianhao haoma mingcheng xingming dianhua shouji dizhi youxiang shijian riqi neirong beizhu danwei gongsi bumen
  shangpin kecheng banji pingjia liuyan tousu baoxiu fangke cheliang fangwu`.split(/\s+/),
);
const KNOWN = new Map<string, readonly string[]>();

/** The words that one unmarked word is made of, else the word itself. */
export function splitWord(word: string): readonly string[] {
  const known = KNOWN.get(word);
  if (known) return known;
  const parts = word.length < 6 || word.length > 40 || WORDS.has(word) ? [word] : (apart(word) ?? [word]);
  if (KNOWN.size < 20_000) KNOWN.set(word, parts);
  return parts;
}

/** Longest words first, so that `username` is user, name and `emailaddress` is email, address. */
function apart(word: string): readonly string[] | null {
  if (WORDS.has(word)) return [word];
  for (let at = Math.min(word.length - 2, 14); at >= 2; at--) {
    const head = word.slice(0, at);
    if (!WORDS.has(head)) continue;
    const rest = apart(word.slice(at));
    if (rest) return [head, ...rest];
  }
  return null;
}
