-- A nursing home's system, one SQLite file: full pinyin and initials mixed, lower case, no comments, elders with families, care records, meals,
-- contracts, donations, visitors, volunteers and staff. No rows. Written and labelled before anything scored it.
CREATE TABLE laoren (id integer PRIMARY KEY, xingming varchar(50), xingbie varchar(4), chushengriqi date, shenfenzheng varchar(18), minzu varchar(20), hunyin varchar(10), jiguan varchar(50), huji varchar(200), xianzhuzhi varchar(200), dianhua varchar(20), xuexing varchar(4), bingshi varchar(500), guomin varchar(200), zhaopian varchar(200), ruzhu_shijian datetime, chuangwei_id integer, beizhu varchar(500));
CREATE TABLE jiashu (id integer PRIMARY KEY, laoren_id integer, jsxm varchar(50), guanxi varchar(20), lxdh varchar(20), gzdw varchar(100), jtzz varchar(200));
CREATE TABLE hulijilu (id integer PRIMARY KEY, laoren_id integer, hugong_id integer, xueya varchar(20), tiwen varchar(10), maibo varchar(10), hulineirong varchar(500), jilushijian datetime);
CREATE TABLE yongyao (id integer PRIMARY KEY, laoren_id integer, yaopinmc varchar(100), yongliang varchar(50), yizhu varchar(200));
CREATE TABLE hetong (id integer PRIMARY KEY, hetongbianhao varchar(30), laoren_id integer, danbaoren varchar(50), dbrsfzh varchar(18), dbrdh varchar(20), qianding_rq date, jieshu_rq date);
CREATE TABLE jiaofei (id integer PRIMARY KEY, laoren_id integer, jine numeric(12,2), jiaofeiren varchar(50), fangshi varchar(20), jiaofeisj datetime);
CREATE TABLE yajin (id integer PRIMARY KEY, laoren_id integer, yue numeric(12,2));
CREATE TABLE canyin (id integer PRIMARY KEY, laoren_id integer, caipinmc varchar(50), jinji varchar(200));
CREATE TABLE fangke (id integer PRIMARY KEY, xm varchar(50), sjh varchar(20), sfzh varchar(18), laifangshiyou varchar(200), tanwang_laoren_id integer, laifangsj datetime);
CREATE TABLE zhiyuanzhe (id integer PRIMARY KEY, xm varchar(50), dianhua varchar(20), danwei varchar(100));
CREATE TABLE hugong (id integer PRIMARY KEY, xm varchar(50), xb varchar(4), sfzh varchar(18), sjh varchar(20), zgzh varchar(30));
CREATE TABLE yonghu (id integer PRIMARY KEY, yonghuming varchar(50), mima varchar(64), zhenshixingming varchar(50), juese varchar(20), zuihoudenglu_ip varchar(40));
CREATE TABLE chuangwei (id integer PRIMARY KEY, fangjianhao varchar(20), chuangweihao varchar(20), zhuangtai varchar(10));
CREATE TABLE caipin (id integer PRIMARY KEY, caipinmingcheng varchar(50), jiage numeric(12,2));
CREATE TABLE yaopin (id integer PRIMARY KEY, yaopinmingcheng varchar(100), changjia varchar(100));
CREATE TABLE gonggao (id integer PRIMARY KEY, biaoti varchar(100), neirong text, fabushijian datetime);
CREATE TABLE juanzeng (id integer PRIMARY KEY, juanzengren varchar(50), lxfs varchar(20), wupin varchar(100), shijian datetime);
