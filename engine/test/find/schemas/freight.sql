-- A freight forwarder's system, one SQLite file: camel case with abbreviations, Hungarian prefixes in the older half, no comments, few rows.
-- Shippers and consignees written into waybills, drivers with licences, customers that are firms or people. Labelled before anything scored it.
CREATE TABLE TmsCust (custId integer PRIMARY KEY, custCd varchar(20), custNm varchar(100), custTyp char(1), cntctPsn varchar(50), telNo varchar(30), mobNo varchar(30), emailAddr varchar(80), idCardNo varchar(20), bizLicNo varchar(30), bankAcctNo varchar(30), bankNm varchar(50), addr1 varchar(200), addr2 varchar(200), provCd varchar(10), ctyNm varchar(50), zip varchar(10), crtUsr varchar(20), crtTm datetime);
INSERT INTO TmsCust VALUES (1,'C001','张一鸣','P','张一鸣','','13900004001','zhangym@example.com','110101198001010014','','6222020000000000103','示例银行','上海市浦东新区虚构路1号','','31','上海','200120','sys','2020-01-01'),
(2,'C002','样例纺织有限公司','C','刘主管','021-80000011','13900004002','liu@example.com','','91310000MA1FL00001','6222020000000000111','示例银行','上海市嘉定区范例路2号','3楼','31','上海','201800','sys','2020-01-02'),
(3,'C003','陈晓东','P','陈晓东','','13900004003','cxd@example.com','110101198201010022','','6222020000000000129','样本银行','江苏省昆山市假想路3号','','32','苏州','215300','sys','2020-01-03');
CREATE TABLE TmsWaybill (wbNo varchar(20) PRIMARY KEY, custId integer, sndrNm varchar(50), sndrTel varchar(30), sndrAddr varchar(200), cneeNm varchar(50), cneeTel varchar(30), cneeAddr varchar(200), cneeIdNo varchar(20), goodsNm varchar(100), pcs integer, wgt numeric(12,2), vol numeric(12,2), codAmt numeric(12,2), drvId integer, vehId integer, rcptSign varchar(200), signNm varchar(50), signTm datetime, rmk varchar(500));
CREATE TABLE TmsWbTrack (trkId integer PRIMARY KEY, wbNo varchar(20), trkTm datetime, trkLoc varchar(100), oprNm varchar(50), trkDesc varchar(500));
CREATE TABLE TmsDrv (drvId integer PRIMARY KEY, drvNm varchar(50), drvMob varchar(30), drvIdNo varchar(20), licNo varchar(30), licExpDt date, licImgUrl varchar(200), emgCntctNm varchar(50), emgCntctTel varchar(30), dob date);
CREATE TABLE TmsVeh (vehId integer PRIMARY KEY, plateNo varchar(20), vehTyp varchar(20), ownrNm varchar(50), vin varchar(30));
CREATE TABLE TmsFee (feeId integer PRIMARY KEY, custId integer, wbNo varchar(20), feeTyp varchar(10), feeAmt numeric(12,2), payTm datetime, payAcctNm varchar(50), payAcctNo varchar(30));
CREATE TABLE TmsInvc (invcNo varchar(20) PRIMARY KEY, custId integer, invcTtl varchar(100), taxNo varchar(30), mailNm varchar(50), mailTel varchar(30), mailAddr varchar(200), issueDt date);
CREATE TABLE TmsClaim (clmNo varchar(20) PRIMARY KEY, wbNo varchar(20), clmtNm varchar(50), clmtTel varchar(30), clmRsn varchar(500), clmAmt numeric(12,2), stlDt date);
CREATE TABLE TmsCarrier (carrId integer PRIMARY KEY, carrNm varchar(100), cntctNm varchar(50), cntctTel varchar(30));
CREATE TABLE TmsStation (stnCd varchar(10) PRIMARY KEY, stnNm varchar(50), stnAddr varchar(200), stnTel varchar(30), mgrNm varchar(50));
CREATE TABLE TmsRoute (routeCd varchar(10) PRIMARY KEY, routeNm varchar(50), orgStnCd varchar(10), dstStnCd varchar(10));
CREATE TABLE tbl_oper (f_id integer PRIMARY KEY, f_loginname varchar(30), f_loginpwd varchar(64), f_name varchar(30), f_mobile varchar(20), f_stncd varchar(10), f_lastip varchar(40));
CREATE TABLE tbl_operlog (f_id integer PRIMARY KEY, f_operid integer, f_ip varchar(40), f_content varchar(500), f_time datetime);
CREATE TABLE tbl_addrbook (f_id integer PRIMARY KEY, f_custid integer, f_linkman varchar(30), f_tel varchar(30), f_province varchar(30), f_city varchar(30), f_addr varchar(200));
CREATE TABLE tbl_wxbind (f_id integer PRIMARY KEY, f_openid varchar(64), f_custid integer, f_nickname varchar(50), f_headimg varchar(200));
CREATE TABLE tbl_smslog (f_id integer PRIMARY KEY, f_phone varchar(20), f_content varchar(500), f_code varchar(10), f_time datetime);
CREATE TABLE tbl_area (f_code varchar(10) PRIMARY KEY, f_name varchar(50), f_pcode varchar(10));
CREATE TABLE tbl_goodstype (f_id integer PRIMARY KEY, f_name varchar(50));
