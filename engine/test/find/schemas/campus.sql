-- A college's student office and dormitory system, one SQLite file: upper-case pinyin initials, no comments, no rows except codes.
-- Students are the customers; a visitor book and a donation list beside them. Written and labelled before anything scored it.
CREATE TABLE T_XSXX (XH varchar(20) PRIMARY KEY, XM varchar(50), CYM varchar(50), XBDM char(1), CSRQ varchar(10), SFZJH varchar(18), MZDM varchar(2), JGDM varchar(6), ZZMMDM varchar(2), XYDM varchar(10), ZYDM varchar(10), BJDM varchar(10), LXDH varchar(20), DZXX varchar(50), QQH varchar(20), JTDZ varchar(200), YZBM varchar(6), RXRQ varchar(10), ZP blob, SYD varchar(50), HKLX varchar(2), BZ varchar(500));
CREATE TABLE T_XS_JTCY (ID integer PRIMARY KEY, XH varchar(20), CYXM varchar(50), YBRGX varchar(20), CYDH varchar(20), GZDW varchar(100), CYZW varchar(50));
CREATE TABLE T_XS_YHK (ID integer PRIMARY KEY, XH varchar(20), KHYH varchar(100), YHKH varchar(30), KHXM varchar(50));
CREATE TABLE T_XS_JKDA (ID integer PRIMARY KEY, XH varchar(20), SG numeric(12,2), TZ numeric(12,2), XX varchar(4), JWBS varchar(500), GMS varchar(500));
CREATE TABLE T_ZXDK (DKHTH varchar(30) PRIMARY KEY, XH varchar(20), DKJE numeric(12,2), DKYH varchar(50), GTJKR varchar(50), GTJKRSFZH varchar(18), GTJKRDH varchar(20), HKQSRQ varchar(10));
CREATE TABLE T_SS_ZS (ID integer PRIMARY KEY, XH varchar(20), LDH varchar(10), FJH varchar(10), CWH varchar(4), RZSJ varchar(20), TSSJ varchar(20));
CREATE TABLE T_SS_LFDJ (ID integer PRIMARY KEY, LFRXM varchar(50), LFRSFZH varchar(18), LFRDH varchar(20), BFXSXH varchar(20), LFSY varchar(200), LFSJ varchar(20));
CREATE TABLE T_XSJF (JFDH varchar(30) PRIMARY KEY, XH varchar(20), XFJE numeric(12,2), JFSJ varchar(20), ZFLSH varchar(50), FPH varchar(30));
CREATE TABLE T_XSCJ (XH varchar(20), KCDM varchar(20), XN varchar(9), XQ varchar(1), CJ numeric(12,2), PRIMARY KEY (XH, KCDM));
CREATE TABLE T_XSQJ (ID integer PRIMARY KEY, XH varchar(20), QJSY varchar(500), QJKSSJ varchar(20), QJJSSJ varchar(20), SPR varchar(50), SPYJ varchar(200));
CREATE TABLE T_JZG (GH varchar(20) PRIMARY KEY, XM varchar(50), XBDM char(1), SFZJH varchar(18), SJH varchar(20), BGDH varchar(20), ZC varchar(20), BMDM varchar(10));
CREATE TABLE T_XY (XYDM varchar(10) PRIMARY KEY, XYMC varchar(50), XYYZ varchar(50), BGDH varchar(20));
CREATE TABLE T_ZY (ZYDM varchar(10) PRIMARY KEY, ZYMC varchar(50), XYDM varchar(10));
CREATE TABLE T_BJ (BJDM varchar(10) PRIMARY KEY, BJMC varchar(50), ZYDM varchar(10), FDYGH varchar(20));
CREATE TABLE T_KC (KCDM varchar(20) PRIMARY KEY, KCMC varchar(100), XF numeric(12,2));
CREATE TABLE T_MZ (MZDM varchar(2) PRIMARY KEY, MZMC varchar(20));
INSERT INTO T_MZ VALUES ('01','汉族'),
('02','蒙古族'),
('03','回族');
CREATE TABLE T_YH (YHM varchar(30) PRIMARY KEY, MM varchar(64), YHLX varchar(2), GH varchar(20), ZHDLIP varchar(40), ZHDLSJ varchar(20));
CREATE TABLE T_CZRZ (ID integer PRIMARY KEY, CZR varchar(30), CZSJ varchar(20), CZNR varchar(500), IPDZ varchar(40));
CREATE TABLE T_XYJZ (ID integer PRIMARY KEY, JZRXM varchar(50), JZRDW varchar(100), JZRDH varchar(20), JZJE numeric(12,2), JZYT varchar(200));
CREATE TABLE T_DM (DMLX varchar(20), DMZ varchar(10), DMMC varchar(50), PRIMARY KEY (DMLX, DMZ));
