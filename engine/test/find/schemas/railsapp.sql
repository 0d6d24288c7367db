-- A marketplace of courses on an English web framework, PostgreSQL: plural tables, no comments, no declared keys, devise columns, polymorphic
-- addresses, instructors beside customers, messages, reviews, subscriptions, web hooks. Few rows. Labelled before anything scored it.
-- database railsapp
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), encrypted_password varchar(255), reset_password_token varchar(255), remember_created_at timestamp, current_sign_in_ip varchar(45), last_sign_in_ip varchar(45), confirmation_token varchar(255), unconfirmed_email varchar(255), authentication_token varchar(255), full_name varchar(255), phone_number varchar(255), time_zone varchar(255), locale varchar(10), avatar_file_name varchar(255), stripe_customer_id varchar(255), bio text, date_of_birth date, created_at timestamp);
INSERT INTO users VALUES (1,'ann@example.com','$2a$12$abcdefghijklmnopqrstuv',NULL,NULL,'10.9.0.1','10.9.0.2',NULL,NULL,'aaaabbbbccccdddd','Ann Doe','+1 202 555 0101','UTC','en','ann.png','cus_0001','Likes maps','1990-02-03','2020-01-01'),
(2,'bob@example.com','$2a$12$abcdefghijklmnopqrstuw',NULL,NULL,'10.9.0.3','10.9.0.4',NULL,NULL,'aaaabbbbccccddde','Bob Roe','+1 202 555 0102','UTC','en',NULL,'cus_0002',NULL,'1985-05-06','2020-02-01'),
(3,'cy@example.com','$2a$12$abcdefghijklmnopqrstux',NULL,NULL,'10.9.0.5','10.9.0.6',NULL,NULL,'aaaabbbbccccdddf','Cy Poe','+1 202 555 0103','UTC','en',NULL,NULL,NULL,NULL,'2020-03-01');
CREATE TABLE identities (id bigint PRIMARY KEY, user_id bigint, provider varchar(255), uid varchar(255), access_token varchar(255));
CREATE TABLE addresses (id bigint PRIMARY KEY, addressable_type varchar(255), addressable_id bigint, firstname varchar(255), lastname varchar(255), address1 varchar(255), address2 varchar(255), city varchar(255), zipcode varchar(20), state_name varchar(255), country_id integer, phone varchar(255), company varchar(255));
CREATE TABLE orders (id bigint PRIMARY KEY, number varchar(32), user_id bigint, email varchar(255), state varchar(255), total numeric(12,2), special_instructions text, last_ip_address varchar(45), completed_at timestamp);
CREATE TABLE line_items (id bigint PRIMARY KEY, order_id bigint, course_id bigint, quantity integer, price numeric(12,2));
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint, amount numeric(12,2), source_type varchar(255), response_code varchar(255), state varchar(255));
CREATE TABLE credit_cards (id bigint PRIMARY KEY, user_id bigint, month varchar(255), year varchar(255), cc_type varchar(255), last_digits varchar(255), name varchar(255), gateway_customer_profile_id varchar(255));
CREATE TABLE enrollments (id bigint PRIMARY KEY, user_id bigint, course_id bigint, progress integer, started_at timestamp);
CREATE TABLE reviews (id bigint PRIMARY KEY, user_id bigint, course_id bigint, rating integer, title varchar(255), review text, ip_address varchar(45));
CREATE TABLE conversations (id bigint PRIMARY KEY, sender_id bigint, recipient_id bigint, subject varchar(255));
CREATE TABLE messages (id bigint PRIMARY KEY, conversation_id bigint, user_id bigint, body text, read_at timestamp);
CREATE TABLE support_requests (id bigint PRIMARY KEY, user_id bigint, name varchar(255), email varchar(255), question text);
CREATE TABLE newsletter_signups (id bigint PRIMARY KEY, email varchar(255), ip varchar(45));
CREATE TABLE ahoy_visits (id bigint PRIMARY KEY, visitor_token varchar(255), user_id bigint, ip varchar(45), user_agent text, city varchar(255), landing_page text);
CREATE TABLE page_views (id bigint PRIMARY KEY, user_id bigint, url text, viewed_at timestamp);
CREATE TABLE instructors (id bigint PRIMARY KEY, display_name varchar(255), email varchar(255), payout_iban varchar(64), tax_identifier varchar(64), biography text);
CREATE TABLE courses (id bigint PRIMARY KEY, instructor_id bigint, title varchar(255), slug varchar(255), description text);
CREATE TABLE categories (id bigint PRIMARY KEY, name varchar(255));
CREATE TABLE admin_users (id bigint PRIMARY KEY, email varchar(255), password_digest varchar(255), role varchar(255));
CREATE TABLE audit_logs (id bigint PRIMARY KEY, admin_user_id bigint, action varchar(255), ip_address varchar(45));
CREATE TABLE organizations (id bigint PRIMARY KEY, name varchar(255), billing_email varchar(255), vat_number varchar(64));
CREATE TABLE organization_memberships (id bigint PRIMARY KEY, organization_id bigint, user_id bigint, role varchar(255));
CREATE TABLE webhooks (id bigint PRIMARY KEY, url varchar(255), secret varchar(255));
CREATE TABLE api_keys (id bigint PRIMARY KEY, user_id bigint, key_digest varchar(255), name varchar(255));
CREATE TABLE countries (id integer PRIMARY KEY, name varchar(255), iso varchar(2));
CREATE TABLE coupons (id bigint PRIMARY KEY, code varchar(255), name varchar(255));
CREATE TABLE coupon_redemptions (id bigint PRIMARY KEY, coupon_id bigint, user_id bigint);
CREATE TABLE schema_migrations (version varchar(255));
