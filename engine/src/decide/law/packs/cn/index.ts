// SPDX-License-Identifier: Apache-2.0
import aa from './aa.json' with { type: 'json' };
import acct from './acct.json' with { type: 'json' };
import ad from './ad.json' with { type: 'json' };
import adv from './adv.json' with { type: 'json' };
import al from './al.json' with { type: 'json' };
import aml from './aml.json' with { type: 'json' };
import arc from './arc.json' with { type: 'json' };
import atf from './atf.json' with { type: 'json' };
import auc from './auc.json' with { type: 'json' };
import aucl from './aucl.json' with { type: 'json' };
import audit from './audit.json' with { type: 'json' };
import bj from './bj.json' with { type: 'json' };
import car from './car.json' with { type: 'json' };
import cc from './cc.json' with { type: 'json' };
import cd from './cd.json' with { type: 'json' };
import cdd from './cdd.json' with { type: 'json' };
import child from './child.json' with { type: 'json' };
import cii from './cii.json' with { type: 'json' };
import cl from './cl.json' with { type: 'json' };
import clj from './clj.json' with { type: 'json' };
import co from './co.json' with { type: 'json' };
import cos from './cos.json' with { type: 'json' };
import cpl from './cpl.json' with { type: 'json' };
import cplr from './cplr.json' with { type: 'json' };
import cred from './cred.json' with { type: 'json' };
import crp from './crp.json' with { type: 'json' };
import csl from './csl.json' with { type: 'json' };
import ctl from './ctl.json' with { type: 'json' };
import dpo from './dpo.json' with { type: 'json' };
import drug from './drug.json' with { type: 'json' };
import dsl from './dsl.json' with { type: 'json' };
import du from './du.json' with { type: 'json' };
import eb from './eb.json' with { type: 'json' };
import ecl from './ecl.json' with { type: 'json' };
import edu from './edu.json' with { type: 'json' };
import ent from './ent.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import ex from './ex.json' with { type: 'json' };
import exp from './exp.json' with { type: 'json' };
import face from './face.json' with { type: 'json' };
import fd from './fd.json' with { type: 'json' };
import food from './food.json' with { type: 'json' };
import foodr from './foodr.json' with { type: 'json' };
import fund from './fund.json' with { type: 'json' };
import fut from './fut.json' with { type: 'json' };
import gbt35273 from './gbt35273.json' with { type: 'json' };
import gbt37964 from './gbt37964.json' with { type: 'json' };
import gbt43697 from './gbt43697.json' with { type: 'json' };
import gbt45574 from './gbt45574.json' with { type: 'json' };
import gp from './gp.json' with { type: 'json' };
import gs from './gs.json' with { type: 'json' };
import gsp from './gsp.json' with { type: 'json' };
import gz from './gz.json' with { type: 'json' };
import hot from './hot.json' with { type: 'json' };
import hr from './hr.json' with { type: 'json' };
import hz from './hz.json' with { type: 'json' };
import iis from './iis.json' with { type: 'json' };
import inc from './inc.json' with { type: 'json' };
import ins from './ins.json' with { type: 'json' };
import inv from './inv.json' with { type: 'json' };
import ji2 from './ji2.json' with { type: 'json' };
import lab from './lab.json' with { type: 'json' };
import lsm from './lsm.json' with { type: 'json' };
import md from './md.json' with { type: 'json' };
import mdr from './mdr.json' with { type: 'json' };
import med from './med.json' with { type: 'json' };
import mer from './mer.json' with { type: 'json' };
import merr from './merr.json' with { type: 'json' };
import mh from './mh.json' with { type: 'json' };
import miit24 from './miit24.json' with { type: 'json' };
import minor from './minor.json' with { type: 'json' };
import mps82 from './mps82.json' with { type: 'json' };
import mtr from './mtr.json' with { type: 'json' };
import nar from './nar.json' with { type: 'json' };
import nb from './nb.json' with { type: 'json' };
import ndsr from './ndsr.json' with { type: 'json' };
import nt from './nt.json' with { type: 'json' };
import ods from './ods.json' with { type: 'json' };
import orRules from './or.json' with { type: 'json' };
import otm from './otm.json' with { type: 'json' };
import pawn from './pawn.json' with { type: 'json' };
import pay from './pay.json' with { type: 'json' };
import pc from './pc.json' with { type: 'json' };
import pf from './pf.json' with { type: 'json' };
import pfr from './pfr.json' with { type: 'json' };
import pipl from './pipl.json' with { type: 'json' };
import pre from './pre.json' with { type: 'json' };
import psap from './psap.json' with { type: 'json' };
import reRules from './re.json' with { type: 'json' };
import rep from './rep.json' with { type: 'json' };
import rh from './rh.json' with { type: 'json' };
import sec from './sec.json' with { type: 'json' };
import sh from './sh.json' with { type: 'json' };
import she from './she.json' with { type: 'json' };
import spc from './spc.json' with { type: 'json' };
import ss from './ss.json' with { type: 'json' };
import suit from './suit.json' with { type: 'json' };
import sz from './sz.json' with { type: 'json' };
import tax from './tax.json' with { type: 'json' };
import taxr from './taxr.json' with { type: 'json' };
import tour from './tour.json' with { type: 'json' };
import trav from './trav.json' with { type: 'json' };
import uc from './uc.json' with { type: 'json' };
import ur from './ur.json' with { type: 'json' };
import vac from './vac.json' with { type: 'json' };
import video from './video.json' with { type: 'json' };
import wage from './wage.json' with { type: 'json' };
import xb from './xb.json' with { type: 'json' };
import xbc from './xbc.json' with { type: 'json' };

/** The rules that ship with the product: one file for each statute, versions of a provision side by side. */
export const CN_PACK: readonly unknown[] = [
  ...aa,
  ...acct,
  ...ad,
  ...adv,
  ...al,
  ...aml,
  ...arc,
  ...atf,
  ...auc,
  ...aucl,
  ...audit,
  ...bj,
  ...car,
  ...cc,
  ...cd,
  ...cdd,
  ...child,
  ...cii,
  ...cl,
  ...clj,
  ...co,
  ...cos,
  ...cpl,
  ...cplr,
  ...cred,
  ...crp,
  ...csl,
  ...ctl,
  ...dpo,
  ...drug,
  ...dsl,
  ...du,
  ...eb,
  ...ecl,
  ...edu,
  ...ent,
  ...es,
  ...ex,
  ...exp,
  ...face,
  ...fd,
  ...food,
  ...foodr,
  ...fund,
  ...fut,
  ...gbt35273,
  ...gbt37964,
  ...gbt43697,
  ...gbt45574,
  ...gp,
  ...gs,
  ...gsp,
  ...gz,
  ...hot,
  ...hr,
  ...hz,
  ...iis,
  ...inc,
  ...ins,
  ...inv,
  ...ji2,
  ...lab,
  ...lsm,
  ...md,
  ...mdr,
  ...med,
  ...mer,
  ...merr,
  ...mh,
  ...miit24,
  ...minor,
  ...mps82,
  ...mtr,
  ...nar,
  ...nb,
  ...ndsr,
  ...nt,
  ...ods,
  ...orRules,
  ...otm,
  ...pawn,
  ...pay,
  ...pc,
  ...pf,
  ...pfr,
  ...pipl,
  ...pre,
  ...psap,
  ...reRules,
  ...rep,
  ...rh,
  ...sec,
  ...sh,
  ...she,
  ...spc,
  ...ss,
  ...suit,
  ...sz,
  ...tax,
  ...taxr,
  ...tour,
  ...trav,
  ...uc,
  ...ur,
  ...vac,
  ...video,
  ...wage,
  ...xb,
  ...xbc,
];
