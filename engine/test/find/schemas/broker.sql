-- An insurance broker, one SQLite file: English abbreviations, no comments, text keys, an entity-attribute-value table,
-- messages to customers or agents told apart by a type, a visit log with a comma list of customers.
CREATE TABLE cust_mst (cust_no TEXT PRIMARY KEY, cust_nm TEXT, cert_typ TEXT, cert_no TEXT, mob_no TEXT, email_addr TEXT, dob TEXT, gndr_cd TEXT, ann_incm REAL, risk_lvl TEXT, crt_usr TEXT, crt_tm TEXT);
CREATE TABLE cust_ctct (ctct_id INTEGER PRIMARY KEY, cust_no TEXT, rel_typ TEXT, ctct_nm TEXT, ctct_tel TEXT);
CREATE TABLE cust_bank_acct (acct_id INTEGER PRIMARY KEY, cust_no TEXT, bank_nm TEXT, acct_no TEXT, acct_nm TEXT);
CREATE TABLE cust_ext_attr (id INTEGER PRIMARY KEY, cust_no TEXT, attr_key TEXT, attr_val TEXT);
CREATE TABLE plcy (plcy_no TEXT PRIMARY KEY, cust_no TEXT, agt_cd TEXT, prod_cd TEXT, eff_dt TEXT, exp_dt TEXT, prem_amt REAL, sts TEXT);
CREATE TABLE plcy_insd (id INTEGER PRIMARY KEY, plcy_no TEXT, insd_nm TEXT, insd_id_no TEXT, insd_dob TEXT, rel TEXT);
CREATE TABLE plcy_bnfc (id INTEGER PRIMARY KEY, plcy_no TEXT, bnfc_nm TEXT, bnfc_id_no TEXT, pct INTEGER);
CREATE TABLE clm (clm_no TEXT PRIMARY KEY, plcy_no TEXT, rpt_nm TEXT, rpt_tel TEXT, accd_desc TEXT, diag_rslt TEXT, hosp_nm TEXT, clm_amt REAL, cls_dt TEXT);
CREATE TABLE prod (prod_cd TEXT PRIMARY KEY, prod_nm TEXT, insr_cd TEXT);
CREATE TABLE insr (insr_cd TEXT PRIMARY KEY, insr_nm TEXT, cntct_nm TEXT, cntct_tel TEXT);
CREATE TABLE agt (agt_cd TEXT PRIMARY KEY, agt_nm TEXT, agt_tel TEXT, id_no TEXT, lic_no TEXT, dept_cd TEXT);
CREATE TABLE dept (dept_cd TEXT PRIMARY KEY, dept_nm TEXT);
CREATE TABLE sys_usr (usr_id INTEGER PRIMARY KEY, login_nm TEXT, pwd_hash TEXT, agt_cd TEXT, last_login_ip TEXT);
CREATE TABLE msg_log (msg_id INTEGER PRIMARY KEY, rcvr_id TEXT, rcvr_type TEXT, mob_no TEXT, msg_txt TEXT, snd_tm TEXT);
CREATE TABLE visit_rec (id INTEGER PRIMARY KEY, cust_nos TEXT, agt_cd TEXT, memo TEXT, visit_dt TEXT);
INSERT INTO cust_mst VALUES
('C0000001','何一川','01','110101197001010035','13900001001','c1@example.com','1970-01-01','M',180000,'R3','A001','2020-05-01'),
('C0000002','许知','01','110101198502020046','13900001002','c2@example.com','1985-02-02','F',240000,'R2','A001','2020-06-01'),
('C0000003','欧阳青','01','110101199203030057','13900001003','c3@example.com','1992-03-03','F',90000,'R4','A002','2021-01-15'),
('C0000004','施文博','02','E00000001','13900001004','c4@example.com','1966-04-04','M',500000,'R1','A002','2021-03-20');
INSERT INTO cust_ctct VALUES (1,'C0000001','配偶','林可','13900001101'),(2,'C0000002','父亲','许父','13900001102'),(3,'C0000003','朋友','张山','13900001103');
INSERT INTO cust_bank_acct VALUES (1,'C0000001','示例银行','6222020000000000012','何一川'),(2,'C0000002','示例银行','6222020000000000020','许知'),(3,'C0000004','样本银行','6222020000000000038','施文博');
INSERT INTO cust_ext_attr VALUES (1,'C0000001','wechat','heyichuan_demo'),(2,'C0000001','smoker','N'),(3,'C0000002','home_addr','北京市朝阳区虚构路9号1单元101室'),(4,'C0000003','second_mobile','13900001203'),(5,'C0000004','hobby','钓鱼');
INSERT INTO plcy VALUES ('P2020000001','C0000001','A001','PR01','2020-05-10','2040-05-10',12000,'INFORCE'),('P2020000002','C0000002','A001','PR02','2020-06-10','2021-06-10',800,'LAPSED'),('P2021000003','C0000003','A002','PR02','2021-01-20','2022-01-20',760,'LAPSED'),('P2021000004','C0000004','A002','PR01','2021-04-01','2041-04-01',36000,'INFORCE');
INSERT INTO plcy_insd VALUES (1,'P2020000001','何小川','110101201001010068','2010-01-01','子女'),(2,'P2020000002','许知','110101198502020046','1985-02-02','本人'),(3,'P2021000003','欧阳青','110101199203030057','1992-03-03','本人');
INSERT INTO plcy_bnfc VALUES (1,'P2020000001','林可','110101197202020079',100),(2,'P2021000004','施母','110101194001010081',50);
INSERT INTO clm VALUES ('L2021000001','P2020000002','许知','13900001002','下楼扭伤','右踝韧带损伤','虚构医院',1200,'2021-05-01'),('L2022000002','P2021000003','欧阳青','13900001003','阑尾炎手术','急性阑尾炎','样例医院',8600,NULL);
INSERT INTO prod VALUES ('PR01','终身寿险甲款','I01'),('PR02','综合意外险','I02');
INSERT INTO insr VALUES ('I01','示例人寿','高经理','13900001901'),('I02','样本财险','罗经理','13900001902');
INSERT INTO agt VALUES ('A001','蒋顾问','13900001801','110101198001010093','LIC00001','D01'),('A002','沈顾问','13900001802','110101198101010106','LIC00002','D02');
INSERT INTO dept VALUES ('D01','寿险一部'),('D02','团险部');
INSERT INTO sys_usr VALUES (1,'jiang','5f4dcc3b5aa765d61d8327deb882cf99','A001','10.0.0.5'),(2,'shen','5f4dcc3b5aa765d61d8327deb882cf99','A002','10.0.0.6');
INSERT INTO msg_log VALUES (1,'C0000001','CUST','13900001001','何先生您好，保费将于5月10日扣款','2021-05-01'),(2,'A001','AGT','13900001801','本周例会改期','2021-05-02'),(3,'C0000002','CUST','13900001002','理赔已结案','2021-05-03');
INSERT INTO visit_rec VALUES (1,'C0000001,C0000002','A001','夫妻一起听了讲解','2020-04-20'),(2,'C0000003','A002','对分红有疑问','2021-01-10'),(3,'C0000003,C0000004','A002',NULL,'2021-03-01');
