-- A web shop of the old school, one SQLite file: prefixed tables, English column names, no comments, no declared keys, integers for times,
-- secret questions, offline invoices, suppliers and delivery agencies beside. No rows. Written and labelled before anything scored it.
CREATE TABLE es_users (user_id integer PRIMARY KEY, email varchar(60), user_name varchar(60), password varchar(32), question varchar(255), answer varchar(255), sex integer, birthday date, user_money numeric(12,2), frozen_money numeric(12,2), pay_points integer, rank_points integer, address_id integer, reg_time integer, last_login integer, last_ip varchar(15), visit_count integer, user_rank integer, salt varchar(10), parent_id integer, alias varchar(60), msn varchar(60), qq varchar(20), office_phone varchar(20), home_phone varchar(20), mobile_phone varchar(20), is_validated integer, credit_line numeric(12,2), passwd_question varchar(50), passwd_answer varchar(255), aite_id text, headimg varchar(255), openid varchar(50));
CREATE TABLE es_user_address (address_id integer PRIMARY KEY, address_name varchar(50), user_id integer, consignee varchar(60), email varchar(60), country integer, province integer, city integer, district integer, address varchar(120), zipcode varchar(60), tel varchar(60), mobile varchar(60), sign_building varchar(120), best_time varchar(120));
CREATE TABLE es_user_rank (rank_id integer PRIMARY KEY, rank_name varchar(30), min_points integer);
CREATE TABLE es_user_account (id integer PRIMARY KEY, user_id integer, admin_user varchar(255), amount numeric(12,2), add_time integer, admin_note varchar(255), user_note varchar(255), payment varchar(90));
CREATE TABLE es_user_bonus (bonus_id integer PRIMARY KEY, bonus_type_id integer, bonus_sn bigint, user_id integer, order_id integer, emailed integer);
CREATE TABLE es_account_log (log_id integer PRIMARY KEY, user_id integer, user_money numeric(12,2), change_time integer, change_desc varchar(255));
CREATE TABLE es_order_info (order_id integer PRIMARY KEY, order_sn varchar(20), user_id integer, order_status integer, consignee varchar(60), country integer, province integer, city integer, district integer, address varchar(255), zipcode varchar(60), tel varchar(60), mobile varchar(60), email varchar(60), best_time varchar(120), sign_building varchar(120), postscript varchar(255), shipping_id integer, shipping_name varchar(120), pay_id integer, pay_name varchar(120), how_oos varchar(120), card_name varchar(120), card_message varchar(255), inv_payee varchar(120), inv_content varchar(120), goods_amount numeric(12,2), surplus numeric(12,2), add_time integer, pay_time integer, invoice_no varchar(255), pay_note varchar(255), to_buyer varchar(255), referer varchar(255));
CREATE TABLE es_order_goods (rec_id integer PRIMARY KEY, order_id integer, goods_id integer, goods_name varchar(120), goods_sn varchar(60), goods_attr text);
CREATE TABLE es_order_action (action_id integer PRIMARY KEY, order_id integer, action_user varchar(30), action_note varchar(255), log_time integer);
CREATE TABLE es_delivery_order (delivery_id integer PRIMARY KEY, delivery_sn varchar(20), order_sn varchar(20), order_id integer, user_id integer, consignee varchar(60), address varchar(250), tel varchar(60), mobile varchar(60), email varchar(60), postscript varchar(255), suppliers_id integer);
CREATE TABLE es_cart (rec_id integer PRIMARY KEY, user_id integer, session_id char(32), goods_id integer, goods_name varchar(120));
CREATE TABLE es_collect_goods (rec_id integer PRIMARY KEY, user_id integer, goods_id integer);
CREATE TABLE es_comment (comment_id integer PRIMARY KEY, comment_type integer, id_value integer, email varchar(60), user_name varchar(60), content text, ip_address varchar(15), user_id integer);
CREATE TABLE es_feedback (msg_id integer PRIMARY KEY, user_id integer, user_name varchar(60), user_email varchar(60), msg_title varchar(200), msg_content text, message_img varchar(255), order_id integer);
CREATE TABLE es_booking_goods (rec_id integer PRIMARY KEY, user_id integer, email varchar(60), link_man varchar(60), tel varchar(60), goods_id integer, goods_desc varchar(255), dispose_user varchar(30));
CREATE TABLE es_email_list (id integer PRIMARY KEY, email varchar(60), stat integer, hash varchar(10));
CREATE TABLE es_admin_user (user_id integer PRIMARY KEY, user_name varchar(60), email varchar(60), password varchar(32), last_ip varchar(15), action_list text, agency_id integer);
CREATE TABLE es_admin_log (log_id integer PRIMARY KEY, log_time integer, user_id integer, log_info varchar(255), ip_address varchar(15));
CREATE TABLE es_sessions (sesskey char(32) PRIMARY KEY, expiry integer, userid integer, adminid integer, ip char(15), user_name varchar(60), email varchar(60), data char(255));
CREATE TABLE es_suppliers (suppliers_id integer PRIMARY KEY, suppliers_name varchar(255), suppliers_desc text);
CREATE TABLE es_agency (agency_id integer PRIMARY KEY, agency_name varchar(255));
CREATE TABLE es_goods (goods_id integer PRIMARY KEY, goods_sn varchar(60), goods_name varchar(120), provider_name varchar(100), keywords varchar(255), goods_brief varchar(255));
CREATE TABLE es_brand (brand_id integer PRIMARY KEY, brand_name varchar(60), site_url varchar(255));
CREATE TABLE es_region (region_id integer PRIMARY KEY, region_name varchar(120));
CREATE TABLE es_shipping (shipping_id integer PRIMARY KEY, shipping_name varchar(120), shipping_code varchar(20));
CREATE TABLE es_friend_link (link_id integer PRIMARY KEY, link_name varchar(255), link_url varchar(255));
CREATE TABLE es_stats (access_time integer, ip_address varchar(15), visit_times integer, browser varchar(60), system varchar(20), referer_domain varchar(100), area varchar(30));
