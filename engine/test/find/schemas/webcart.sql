-- A shop grown on a weblog engine, one SQLite file: English, no comments, attribute-value metadata, orders as posts of their own kind,
-- affiliates, newsletter, gift vouchers, support tickets. Written and labelled before anything scored it.
CREATE TABLE wx_users (ID integer PRIMARY KEY, user_login varchar(60), user_pass varchar(255), user_nicename varchar(50), user_email varchar(100), user_url varchar(100), user_registered datetime, user_activation_key varchar(255), user_status integer, display_name varchar(250));
INSERT INTO wx_users VALUES (1,'mgreen','$P$Babcdefghijklmnopqrstuvwxyz0123','mgreen','m.green@example.com','','2019-02-03 10:00:00','',0,'Mary Green'),
(2,'tom_b','$P$Bbcdefghijklmnopqrstuvwxyz01234','tom_b','tom@example.org','','2019-03-03 11:00:00','',0,'Tom Baker'),
(3,'lin88','$P$Bcdefghijklmnopqrstuvwxyz012345','lin88','lin@example.net','','2020-01-09 08:30:00','',0,'Lin');
CREATE TABLE wx_usermeta (umeta_id integer PRIMARY KEY, user_id integer, meta_key varchar(255), meta_value text);
INSERT INTO wx_usermeta VALUES (1,1,'billing_phone','+44 20 7946 0001'),
(2,1,'billing_address_1','12 Example Lane'),
(3,2,'billing_phone','+44 20 7946 0002'),
(4,2,'first_name','Tom'),
(5,3,'session_tokens','a:1:{s:64:"0123";a:0:{}}');
CREATE TABLE wx_comments (comment_ID integer PRIMARY KEY, comment_post_ID integer, comment_author varchar(255), comment_author_email varchar(100), comment_author_url varchar(200), comment_author_IP varchar(100), comment_date datetime, comment_content text, comment_agent varchar(255), user_id integer);
CREATE TABLE wx_posts (ID integer PRIMARY KEY, post_author integer, post_title text, post_content text, post_status varchar(20), post_name varchar(200));
CREATE TABLE wx_wc_orders (id integer PRIMARY KEY, status varchar(20), currency varchar(10), total_amount numeric(12,2), customer_id integer, billing_email varchar(320), payment_method_title text, transaction_id varchar(100), ip_address varchar(100), user_agent text, customer_note text, date_created_gmt datetime);
CREATE TABLE wx_wc_order_addresses (id integer PRIMARY KEY, order_id integer, address_type varchar(20), first_name text, last_name text, company text, address_1 text, address_2 text, city text, state text, postcode text, country text, email varchar(320), phone varchar(100));
INSERT INTO wx_wc_order_addresses VALUES (1,1,'billing','Mary','Green','Example Ltd','12 Example Lane','','London','','N1 9ZZ','GB','m.green@example.com','+44 20 7946 0001'),
(2,1,'shipping','Mary','Green','','12 Example Lane','Flat 3','London','','N1 9ZZ','GB','','+44 20 7946 0001'),
(3,2,'billing','Tom','Baker','','7 Sample Street','','Leeds','','LS1 9ZZ','GB','tom@example.org','+44 20 7946 0002');
CREATE TABLE wx_wc_customer_lookup (customer_id integer PRIMARY KEY, user_id integer, username varchar(60), first_name varchar(255), last_name varchar(255), email varchar(100), date_last_active datetime, country char(2), postcode varchar(20), city varchar(100), state varchar(100));
CREATE TABLE wx_wc_order_items (order_item_id integer PRIMARY KEY, order_item_name text, order_item_type varchar(200), order_id integer);
CREATE TABLE wx_wc_payment_tokens (token_id integer PRIMARY KEY, gateway_id varchar(200), token text, user_id integer, type varchar(200), is_default integer);
CREATE TABLE wx_wc_download_log (download_log_id integer PRIMARY KEY, timestamp datetime, permission_id integer, user_id integer, user_ip_address varchar(100));
CREATE TABLE wx_wc_product_reviews (review_id integer PRIMARY KEY, product_id integer, reviewer varchar(100), reviewer_email varchar(100), review text, rating integer);
CREATE TABLE wx_affiliates (affiliate_id integer PRIMARY KEY, user_id integer, rate varchar(10), payment_email varchar(100), status varchar(20), earnings numeric(12,2));
CREATE TABLE wx_newsletter_subscribers (id integer PRIMARY KEY, email varchar(100), name varchar(100), surname varchar(100), token varchar(50), ip varchar(50), country varchar(4), created datetime);
CREATE TABLE wx_gift_vouchers (voucher_id integer PRIMARY KEY, code varchar(20), from_name varchar(64), from_email varchar(96), to_name varchar(64), to_email varchar(96), message text, amount numeric(12,2));
CREATE TABLE wx_tickets (id integer PRIMARY KEY, subject varchar(255), customer integer, customer_name varchar(100), customer_email varchar(100), assigned_agent integer, date_created datetime);
CREATE TABLE wx_ticket_threads (id integer PRIMARY KEY, ticket integer, body text, ip_address varchar(60));
CREATE TABLE wx_terms (term_id integer PRIMARY KEY, name varchar(200), slug varchar(200));
CREATE TABLE wx_shipping_zones (zone_id integer PRIMARY KEY, zone_name varchar(200), zone_order integer);
CREATE TABLE wx_tax_rates (tax_rate_id integer PRIMARY KEY, tax_rate_country varchar(2), tax_rate_state varchar(200), tax_rate_name varchar(200));
CREATE TABLE wx_options (option_id integer PRIMARY KEY, option_name varchar(191), option_value text);
CREATE TABLE wx_suppliers (id integer PRIMARY KEY, supplier_name varchar(100), contact_person varchar(100), telephone varchar(40), email varchar(100), address varchar(200), vat_number varchar(30));
CREATE TABLE wx_store_staff (id integer PRIMARY KEY, first_name varchar(50), last_name varchar(50), job_title varchar(50), email varchar(100), pin_code varchar(10));
CREATE TABLE wx_login_attempts (id integer PRIMARY KEY, username varchar(60), ip varchar(50), attempted_at datetime);
