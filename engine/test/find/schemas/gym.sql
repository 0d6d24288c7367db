-- A gym, one SQLite file: pinyin initials, no comments, an address table that members, coaches and branches point to,
-- check-ins known by the card number alone, leads known by the phone alone.
CREATE TABLE hyxx (hyid INTEGER PRIMARY KEY, hykh TEXT, xm TEXT, xb TEXT, sjh TEXT, csrq TEXT, sfzh TEXT, dzid INTEGER, jjlxr TEXT, jjlxrdh TEXT, zp BLOB, sg REAL, tizhong REAL, rhrq TEXT, zt INTEGER, bz TEXT);
CREATE TABLE dz (id INTEGER PRIMARY KEY, sheng TEXT, shi TEXT, qu TEXT, xxdz TEXT);
CREATE TABLE hyk (kid INTEGER PRIMARY KEY, hyid INTEGER, klx TEXT, ye REAL, kkrq TEXT, dqrq TEXT);
CREATE TABLE jl (jlid INTEGER PRIMARY KEY, xm TEXT, sjh TEXT, zc TEXT, jj TEXT, dzid INTEGER);
CREATE TABLE skyy (yyid INTEGER PRIMARY KEY, hyid INTEGER, jlid INTEGER, yysj TEXT, zt INTEGER, pj TEXT);
CREATE TABLE kcb (kcid INTEGER PRIMARY KEY, kcmc TEXT, jlid INTEGER, sksj TEXT, rl INTEGER);
CREATE TABLE qdjl (id INTEGER PRIMARY KEY, hykh TEXT, qdsj TEXT, zjbh TEXT);
CREATE TABLE xsxs (id INTEGER PRIMARY KEY, khxm TEXT, khdh TEXT, ly TEXT, gjnr TEXT);
CREATE TABLE md (mdid INTEGER PRIMARY KEY, mdmc TEXT, dh TEXT, dzid INTEGER);
CREATE TABLE sp (spid INTEGER PRIMARY KEY, spmc TEXT, dj REAL);
CREATE TABLE xsd (ddh TEXT PRIMARY KEY, hyid INTEGER, je REAL, zfsj TEXT);
CREATE TABLE xsmx (id INTEGER PRIMARY KEY, ddh TEXT, spid INTEGER, sl INTEGER);
CREATE TABLE czy (czyid INTEGER PRIMARY KEY, dlm TEXT, mm TEXT, xm TEXT, js TEXT);
INSERT INTO dz VALUES (1,'江苏省','南京市','鼓楼区','虚构路1号2幢301室'),(2,'江苏省','南京市','玄武区','样例街22号'),(3,'江苏省','苏州市','姑苏区','假想巷5号'),(4,'江苏省','南京市','秦淮区','示范大道100号'),(5,'江苏省','南京市','建邺区','测试路8号1单元502室'),(6,'江苏省','南京市','雨花台区','范例路66号');
INSERT INTO hyxx VALUES
(101,'GYM000101','赵一凡','男','13900000101','1990-03-04','110101199003040011',1,'赵二',' 13900000201',NULL,176.5,72,'2024-01-05',1,'膝盖旧伤'),
(102,'GYM000102','钱小雨','女','13900000102','1994-11-20','110101199411200022',2,'钱大山','13900000202',NULL,165,55,'2024-02-11',1,NULL),
(103,'GYM000103','孙立','男','13900000103','1988-07-30','110101198807300033',3,'孙母','13900000203',NULL,181,88.5,'2023-12-01',2,'停卡两个月'),
(104,'GYM000104','李想想','女','13900000104','2001-01-15','110101200101150044',5,'李父','13900000204',NULL,160,50,'2024-05-09',1,'周末来'),
(105,'GYM000105','周全','男','13900000105','1979-09-09','110101197909090055',6,'周太太','13900000205',NULL,170,80,'2022-08-18',3,NULL);
INSERT INTO hyk VALUES (1,101,'年卡',0,'2024-01-05','2025-01-05'),(2,102,'储值卡',1580.5,'2024-02-11',NULL),(3,103,'次卡',300,'2023-12-01','2024-12-01'),(4,104,'年卡',0,'2024-05-09','2025-05-09'),(5,105,'储值卡',25,'2022-08-18',NULL);
INSERT INTO jl VALUES (1,'吴大力','13900000901','高级教练','八年私教经验',4),(2,'郑柔','13900000902','瑜伽导师','孕产瑜伽',2),(3,'王健','13900000903','教练',NULL,3);
INSERT INTO skyy VALUES (1,101,1,'2024-03-01 10:00',2,'很专业'),(2,102,2,'2024-03-02 19:00',2,NULL),(3,102,2,'2024-03-09 19:00',1,NULL),(4,104,1,'2024-06-01 09:00',2,'迟到了');
INSERT INTO kcb VALUES (1,'动感单车',3,'周一 19:00',20),(2,'流瑜伽',2,'周三 18:30',12),(3,'核心训练',1,'周五 20:00',15);
INSERT INTO qdjl VALUES (1,'GYM000101','2024-03-01 09:50','Z1'),(2,'GYM000102','2024-03-02 18:55','Z1'),(3,'GYM000104','2024-06-01 09:10','Z2'),(4,'GYM000101','2024-03-05 20:01','Z2'),(5,'GYM000103','2024-01-05 20:01','Z2');
INSERT INTO xsxs VALUES (1,'冯青','13900000301','大众点评','想减脂，下周到店'),(2,'赵一凡','13900000101','转介绍','已成交'),(3,'钱小雨','13900000102','地推','已成交'),(4,'孙立','13900000103','官网','已办卡'),(5,'李想想','13900000104','官网','办年卡');
INSERT INTO md VALUES (1,'虚构健身鼓楼店','025-80000001',4),(2,'虚构健身雨花店','025-80000002',6);
INSERT INTO sp VALUES (1,'蛋白粉',299),(2,'毛巾',39),(3,'水壶',59);
INSERT INTO xsd VALUES ('XS20240301001',101,338,'2024-03-01'),('XS20240302001',102,59,'2024-03-02'),('XS20240601001',104,39,'2024-06-01');
INSERT INTO xsmx VALUES (1,'XS20240301001',1,1),(2,'XS20240301001',2,1),(3,'XS20240302001',3,1),(4,'XS20240601001',2,1);
INSERT INTO czy VALUES (1,'admin','e10adc3949ba59abbe56e057f20f883e','系统管理员','admin'),(2,'qiantai1','e10adc3949ba59abbe56e057f20f883e','陈前台','front');
