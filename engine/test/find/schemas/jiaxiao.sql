-- A driving school, PostgreSQL: camel case with Chinese comments on a part of the columns, learners with medical checks, coaches with cars,
-- bookings of lessons, examinations, payments, referrals, a mini programme. A few rows. Written and labelled before anything scored it.
-- database jiaxiao
CREATE TABLE "DrvStudent" ("studentId" bigint PRIMARY KEY, "archiveNo" varchar(32), "realName" varchar(32), "idCardNo" varchar(18), "sexCode" smallint, "mobilePhone" varchar(16), "residentAddr" varchar(255), "photoBase64" text, "bodyHeight" integer, "eyesightLeft" varchar(8), "colorBlind" smallint, "applyCarType" varchar(8), "coachId" bigint, "openIdMini" varchar(64), introducer varchar(32), "introducerTel" varchar(16), "enrollTime" timestamp, "delFlag" smallint);
COMMENT ON TABLE "DrvStudent" IS '学员档案'; COMMENT ON COLUMN "DrvStudent"."studentId" IS '学员主键'; COMMENT ON COLUMN "DrvStudent"."archiveNo" IS '档案编号'; COMMENT ON COLUMN "DrvStudent"."sexCode" IS '性别'; COMMENT ON COLUMN "DrvStudent"."residentAddr" IS '居住证地址'; COMMENT ON COLUMN "DrvStudent"."photoBase64" IS '登记照'; COMMENT ON COLUMN "DrvStudent"."bodyHeight" IS '身高'; COMMENT ON COLUMN "DrvStudent"."eyesightLeft" IS '左眼视力'; COMMENT ON COLUMN "DrvStudent"."colorBlind" IS '辨色力'; COMMENT ON COLUMN "DrvStudent"."applyCarType" IS '申请车型'; COMMENT ON COLUMN "DrvStudent"."coachId" IS '教练'; COMMENT ON COLUMN "DrvStudent"."openIdMini" IS '小程序openid'; COMMENT ON COLUMN "DrvStudent".introducer IS '介绍人'; COMMENT ON COLUMN "DrvStudent"."introducerTel" IS '介绍人电话'; COMMENT ON COLUMN "DrvStudent"."enrollTime" IS '报名时间'; COMMENT ON COLUMN "DrvStudent"."delFlag" IS '删除标志';
INSERT INTO "DrvStudent" VALUES (1,'A0001','祁一','110101200001010017',1,'13900011001','虚构路20号','',178,'5.0',0,'C1',51,'oDEMOjx0000000000000000001','老祁','13900011091','2023-01-01',0),
(2,'A0002','毛二','110101200101010025',2,'13900011002','样例路21号','',162,'4.9',0,'C2',52,'oDEMOjx0000000000000000002',NULL,NULL,'2023-01-05',0),
(3,'A0003','禹三','110101200201010033',1,'13900011003','假想路22号','',171,'5.1',0,'C1',51,'oDEMOjx0000000000000000003',NULL,NULL,'2023-02-01',0);
CREATE TABLE "DrvCoach" ("coachId" bigint PRIMARY KEY, "coachName" varchar(32), "coachPhone" varchar(16), "driveLicenseNo" varchar(18), "carId" bigint);
COMMENT ON TABLE "DrvCoach" IS '教练员'; COMMENT ON COLUMN "DrvCoach"."coachName" IS '姓名'; COMMENT ON COLUMN "DrvCoach"."coachPhone" IS '电话'; COMMENT ON COLUMN "DrvCoach"."driveLicenseNo" IS '驾驶证号'; COMMENT ON COLUMN "DrvCoach"."carId" IS '教练车';
CREATE TABLE "DrvCar" ("carId" bigint PRIMARY KEY, "plateNo" varchar(16), "carModel" varchar(32));
COMMENT ON TABLE "DrvCar" IS '教练车'; COMMENT ON COLUMN "DrvCar"."plateNo" IS '车牌'; COMMENT ON COLUMN "DrvCar"."carModel" IS '车型';
CREATE TABLE "DrvLesson" ("lessonId" bigint PRIMARY KEY, "studentId" bigint, "coachId" bigint, "lessonDate" date, "gpsTrack" text, "coachComment" varchar(255));
COMMENT ON TABLE "DrvLesson" IS '约课记录'; COMMENT ON COLUMN "DrvLesson"."lessonDate" IS '上课日期'; COMMENT ON COLUMN "DrvLesson"."gpsTrack" IS '训练轨迹'; COMMENT ON COLUMN "DrvLesson"."coachComment" IS '教练评语';
CREATE TABLE "DrvExam" ("examId" bigint PRIMARY KEY, "studentId" bigint, "subjectName" varchar(32), "examDate" date, score integer);
COMMENT ON TABLE "DrvExam" IS '考试记录'; COMMENT ON COLUMN "DrvExam"."subjectName" IS '科目'; COMMENT ON COLUMN "DrvExam"."examDate" IS '考试日期'; COMMENT ON COLUMN "DrvExam".score IS '成绩';
CREATE TABLE "DrvPayOrder" ("payOrderId" bigint PRIMARY KEY, "orderSn" varchar(32), "studentId" bigint, "payerName" varchar(32), "payWay" smallint, "wxTransactionId" varchar(64), "paidAt" timestamp);
COMMENT ON TABLE "DrvPayOrder" IS '缴费订单'; COMMENT ON COLUMN "DrvPayOrder"."orderSn" IS '订单编号'; COMMENT ON COLUMN "DrvPayOrder"."payerName" IS '付款人'; COMMENT ON COLUMN "DrvPayOrder"."payWay" IS '支付方式'; COMMENT ON COLUMN "DrvPayOrder"."wxTransactionId" IS '微信支付单号'; COMMENT ON COLUMN "DrvPayOrder"."paidAt" IS '支付时间';
CREATE TABLE "DrvRefundApply" ("refundId" bigint PRIMARY KEY, "studentId" bigint, "bankName" varchar(64), "bankCardNo" varchar(32), "cardHolder" varchar(32), "applyReason" varchar(255));
COMMENT ON TABLE "DrvRefundApply" IS '退学退费申请'; COMMENT ON COLUMN "DrvRefundApply"."bankName" IS '开户行'; COMMENT ON COLUMN "DrvRefundApply"."bankCardNo" IS '银行卡号'; COMMENT ON COLUMN "DrvRefundApply"."cardHolder" IS '持卡人'; COMMENT ON COLUMN "DrvRefundApply"."applyReason" IS '原因';
CREATE TABLE "DrvInvoice" ("invoiceId" bigint PRIMARY KEY, "payOrderId" bigint, "buyerTitle" varchar(64), "buyerTaxNo" varchar(32), "buyerEmail" varchar(64), "issueDate" date);
COMMENT ON TABLE "DrvInvoice" IS '发票'; COMMENT ON COLUMN "DrvInvoice"."buyerTitle" IS '购方抬头'; COMMENT ON COLUMN "DrvInvoice"."issueDate" IS '开票日期';
CREATE TABLE "DrvCoachRating" ("ratingId" bigint PRIMARY KEY, "studentId" bigint, "coachId" bigint, star smallint, content varchar(255));
COMMENT ON TABLE "DrvCoachRating" IS '教练评价';
CREATE TABLE "DrvVisitLead" ("leadId" bigint PRIMARY KEY, "visitorName" varchar(32), "visitorPhone" varchar(16), channel varchar(32), note varchar(255));
COMMENT ON TABLE "DrvVisitLead" IS '咨询登记'; COMMENT ON COLUMN "DrvVisitLead".channel IS '来源渠道';
CREATE TABLE "DrvBranch" ("branchId" bigint PRIMARY KEY, "branchName" varchar(64), "branchAddr" varchar(128), "branchTel" varchar(16), "managerName" varchar(32));
COMMENT ON TABLE "DrvBranch" IS '报名点'; COMMENT ON COLUMN "DrvBranch"."branchName" IS '名称'; COMMENT ON COLUMN "DrvBranch"."branchAddr" IS '地址'; COMMENT ON COLUMN "DrvBranch"."branchTel" IS '电话'; COMMENT ON COLUMN "DrvBranch"."managerName" IS '负责人';
CREATE TABLE "DrvSysUser" ("userId" bigint PRIMARY KEY, "loginName" varchar(32), "loginPwd" varchar(64), "realName" varchar(32), "lastLoginIp" varchar(40));
COMMENT ON TABLE "DrvSysUser" IS '系统用户';
CREATE TABLE "DrvSysLog" ("logId" bigint PRIMARY KEY, "userId" bigint, "clientIp" varchar(40), "opDesc" varchar(255));
COMMENT ON TABLE "DrvSysLog" IS '系统日志';
CREATE TABLE "DrvDict" ("dictId" bigint PRIMARY KEY, "dictName" varchar(64));
COMMENT ON TABLE "DrvDict" IS '字典'; COMMENT ON COLUMN "DrvDict"."dictName" IS '名称';
