-- A billing and support system of a hosting company, one SQLite file: English, tbl prefix, no comments, clients with services, domains, tickets,
-- affiliates, admins. Hardly typed columns. No rows. Written and labelled before anything scored it.
CREATE TABLE tblclients (id integer PRIMARY KEY, uuid varchar(255), firstname text, lastname text, companyname text, email text, address1 text, address2 text, city text, state text, postcode text, country text, phonenumber text, tax_id varchar(128), password text, currency integer, credit numeric(12,2), datecreated date, notes text, cardtype varchar(255), cardlastfour text, cardnum blob, bankname text, bankacct blob, lastlogin datetime, ip text, host text, language text, pwresetkey text, securityqid integer, securityqans text);
CREATE TABLE tblcontacts (id integer PRIMARY KEY, userid integer, firstname text, lastname text, companyname text, email text, address1 text, city text, state text, postcode text, country text, phonenumber text, password text, permissions text);
CREATE TABLE tblorders (id integer PRIMARY KEY, ordernum bigint, userid integer, contactid integer, date datetime, promocode text, ipaddress text, orderdata text, notes text);
CREATE TABLE tblhosting (id integer PRIMARY KEY, userid integer, orderid integer, packageid integer, domain text, username text, password text, dedicatedip text, notes text);
CREATE TABLE tbldomains (id integer PRIMARY KEY, userid integer, domain text, registrar text, expirydate date);
CREATE TABLE tblinvoices (id integer PRIMARY KEY, userid integer, invoicenum text, date date, duedate date, datepaid datetime, total numeric(12,2), notes text);
CREATE TABLE tblinvoiceitems (id integer PRIMARY KEY, invoiceid integer, userid integer, description text);
CREATE TABLE tblaccounts (id integer PRIMARY KEY, userid integer, date datetime, description text, amountin numeric(12,2), transid text, invoiceid integer);
CREATE TABLE tbltickets (id integer PRIMARY KEY, tid varchar(128), userid integer, contactid integer, name text, email text, cc text, title text, message text, attachment text, admin text, ipaddress text);
CREATE TABLE tblticketreplies (id integer PRIMARY KEY, tid integer, userid integer, name text, email text, message text, admin text);
CREATE TABLE tblactivitylog (id integer PRIMARY KEY, date datetime, description text, "user" text, userid integer, ipaddr text);
CREATE TABLE tblemails (id integer PRIMARY KEY, userid integer, subject text, message text, "to" text, cc text);
CREATE TABLE tblaffiliates (id integer PRIMARY KEY, clientid integer, visitors integer, balance numeric(12,2));
CREATE TABLE tblcustomfieldsvalues (id integer, fieldid integer, relid integer, "value" text);
CREATE TABLE tblcustomfields (id integer PRIMARY KEY, fieldname text, fieldtype text);
CREATE TABLE tblproducts (id integer PRIMARY KEY, name text, description text);
CREATE TABLE tbladmins (id integer PRIMARY KEY, username text, password varchar(255), firstname text, lastname text, email text, signature text);
CREATE TABLE tbladminlog (id integer PRIMARY KEY, adminusername text, ipaddress text, lastvisit datetime);
CREATE TABLE tblservers (id integer PRIMARY KEY, name text, ipaddress text, username text, password text);
CREATE TABLE tblannouncements (id integer PRIMARY KEY, title text, announcement text);
CREATE TABLE tblcurrencies (id integer PRIMARY KEY, code text);
