-- A monitoring and release system of an internet company, one SQLite file: English, no comments, no customer at all; users log in, are on call,
-- get alerts. Every customers' table found here is a false one. No rows. Written and labelled before anything scored it.
CREATE TABLE users (id integer PRIMARY KEY, login varchar(100), name varchar(100), email varchar(100), password varchar(255), salt varchar(50), is_admin integer, team_id integer, last_seen_at datetime);
CREATE TABLE teams (id integer PRIMARY KEY, name varchar(100), email varchar(100));
CREATE TABLE team_member (id integer PRIMARY KEY, team_id integer, user_id integer);
CREATE TABLE roles (id integer PRIMARY KEY, name varchar(100));
CREATE TABLE user_role (id integer PRIMARY KEY, user_id integer, role_id integer);
CREATE TABLE user_auth_token (id integer PRIMARY KEY, user_id integer, auth_token varchar(100), user_agent varchar(255), client_ip varchar(100));
CREATE TABLE api_key (id integer PRIMARY KEY, name varchar(100), "key" varchar(255), role varchar(50));
CREATE TABLE servers (id integer PRIMARY KEY, hostname varchar(100), ip_address varchar(50), port integer, ssh_user varchar(50), ssh_password varchar(100), location varchar(100));
CREATE TABLE applications (id integer PRIMARY KEY, app_name varchar(100), owner_name varchar(100), owner_email varchar(100), app_secret varchar(255));
CREATE TABLE environments (id integer PRIMARY KEY, name varchar(100));
CREATE TABLE config_items (id integer PRIMARY KEY, application_id integer, "key" varchar(255), "value" text, "comment" varchar(255));
CREATE TABLE releases (id integer PRIMARY KEY, application_id integer, release_name varchar(100), created_by varchar(100), release_time datetime);
CREATE TABLE dashboards (id integer PRIMARY KEY, slug varchar(100), title varchar(100), data text);
CREATE TABLE alert_rules (id integer PRIMARY KEY, name varchar(100), expression text);
CREATE TABLE alert_events (id integer PRIMARY KEY, rule_id integer, message text, fired_at datetime);
CREATE TABLE alert_contacts (id integer PRIMARY KEY, user_id integer, channel varchar(50), phone varchar(50), email varchar(100));
CREATE TABLE oncall_schedule (id integer PRIMARY KEY, user_id integer, start_time datetime, end_time datetime);
CREATE TABLE notification_log (id integer PRIMARY KEY, receiver varchar(100), content text, sent_at datetime);
CREATE TABLE login_attempt (id integer PRIMARY KEY, username varchar(100), ip_address varchar(50), created integer);
CREATE TABLE audit_log (id integer PRIMARY KEY, operator varchar(100), op_scope varchar(100), ip varchar(50));
CREATE TABLE annotations (id integer PRIMARY KEY, user_id integer, text text);
CREATE TABLE data_source (id integer PRIMARY KEY, name varchar(100), url varchar(255), "user" varchar(100), password varchar(255));
CREATE TABLE jobs (id integer PRIMARY KEY, job_name varchar(100), author varchar(100), alarm_email varchar(255));
CREATE TABLE migration_log (id integer PRIMARY KEY, migration_id varchar(255), sql text, success integer);
